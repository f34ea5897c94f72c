import { page } from '../../platform/http/answer.ts'
import { line, ticked } from '../../tenancy/route.ts'
import { defineStep, done, mistake, text } from '../../identity/flow/index.ts'
import { lacksTerms } from './lacks.ts'
import { acceptedVersion } from './store.ts'
import { accept, termsOf } from './terms.ts'
import { stepView } from './views.ts'

/**
 * Agreeing to the firm's terms. What counts is the text of today, whichever choices the flow began on, and only the one
 * that was shown.
 */
export const termsStep = defineStep({
  name: 'terms',
  words: 'terms.step.name',
  choices: {},
  says: 'agree to "terms"',
  about: 'terms',
  fields: { agreed: ticked(), version: line(), language: line() },
  opens: false,
  fact: acceptedVersion,
  done: (facts) => !lacksTerms(facts.choices, facts.has.terms),
  async show({ context, facts }, _step, form) {
    const terms = termsOf(context)
    return page(stepView, {
      ...form,
      version: terms?.version ?? '',
      language: context.language,
      sections: terms?.[context.language] ?? [],
      changed: typeof facts.has.terms === 'string',
    })
  },
  async answer({ context, account }, _step, form) {
    const terms = termsOf(context)
    if (!terms) return done
    const language = context.policy.languages.find((each) => each === text(form, 'language'))
    if (text(form, 'version') !== terms.version || !language) return mistake({ '': { key: 'terms.step.newer' } })
    if (form.agreed !== true) return mistake({ agreed: { key: 'terms.step.notAgreed' } })
    await accept(context, account.id, terms, language)
    return done
  },
})
