import { page, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { fold, phoneRead } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { ask, proveWithin, sendAgain, type Challenge } from '../../identity/challenge/index.ts'
import { checkSentCode, nextCodeTo, numberOf, sendCodeTo, unsentError } from '../../identity/factors/index.ts'
import { hashed, passwordAsked, passwordMistakes } from '../../identity/passwords/index.ts'
import { occasion } from './occasion.ts'
import type { Place } from './place.ts'
import { mostAnswers, note, placeOf, questionOf, wayOf, waiting, type Reset } from './reset.ts'
import type { Fresh } from './save.ts'
import { codeView, numberCodeView, passwordView, questionView, togetherView, type StageForm } from './views.ts'
import { recoveryActions } from './audit-actions.ts'

/** What the form of a place may hold; secrets are never shown again. */
export interface ResetForm {
  answer: string
  code: string
  password: string
  repeat: string
  phone: string
  act: string
}

/** What came of a form: mistakes (none: on to what is missing now), something to save, or the end of this link. */
export type Judged = FieldErrors | { fresh: Fresh } | 'closed'

/** One thing that is asked on the way: its page, and how its form is judged in the caller's transaction. */
interface Stage {
  show(reset: Reset, form: StageForm): Promise<Page>
  answer(reset: Reset, form: ResetForm): Promise<Judged>
}

const repeat = { repeat: true, current: false }
const choosing = ({ context, account }: Reset) => ({ context, account, policy: context.policy })

const question: Stage = {
  async show({ context, account, linkId }, form) {
    const row = await context.one<{ question: string; tries: number }>(
      'select q.question, l.tries from secret_question q, one_time l where q.account_id = ? and l.id = ?',
      [account.id, linkId],
    )
    return page(questionView, {
      ...form,
      question: row && questionOf(context, account.id, row.question),
      left: mostAnswers - (row?.tries ?? 0),
    })
  },
  async answer(reset, { answer }): Promise<Judged> {
    const { context, account, linkId } = reset
    if (!answer) return { answer: { key: 'recovery.question.empty' } }
    const tried = await context.one<{ tries: number }>(
      'update one_time set tries = tries + 1 where id = ? and tries < ? returning tries',
      [linkId, mostAnswers],
    )
    const kept = await context.one<{ answer_hash: string }>(
      'select answer_hash from secret_question where account_id = ?',
      [account.id],
    )
    const { hasher } = context.services
    if (tried && kept && (await hasher.verifyPassword(kept.answer_hash, fold(answer)))) {
      if (hasher.needsRehash(kept.answer_hash)) {
        await context.query('update secret_question set answer_hash = ? where account_id = ?', [
          await hasher.hashPassword(fold(answer)),
          account.id,
        ])
      }
      await note(reset, { answeredAt: context.at })
      return {}
    }
    await record(context, recoveryActions.question, { subject: account.id, outcome: 'refused' })
    if (tried && tried.tries < mostAnswers)
      return { answer: { key: 'recovery.question.wrong', params: { left: mostAnswers - tried.tries } } }
    await context.query('update one_time set dead_at = ? where id = ?', [context.at, linkId])
    return 'closed'
  },
}

/** Password and number on one form, as when the account was set up. They wait, sealed, until the codes are right. */
const together: Stage = {
  show: async (reset, form) => page(togetherView, { ...form, ...passwordAsked(choosing(reset), repeat) }),
  async answer(reset, form) {
    const { context, account } = reset
    const read = phoneRead(context, form.phone)
    const wrong = { ...passwordMistakes(choosing(reset), repeat, form), ...('errors' in read && read.errors) }
    if (Object.keys(wrong).length || 'errors' in read) return wrong
    const unsent = await sendCodeTo(context, account, 'phoneCode', read.number)
    if (unsent) return { phone: unsentError(unsent) }
    const seal = (column: 'password' | 'number', plain: string) =>
      context.tenant.vault.seal(placeOf(reset, column), plain)
    await note(reset, {
      password: seal('password', await hashed(reset.context, form)),
      number: seal('number', read.number),
      stagedAt: context.at,
      numberProvenAt: null,
    })
    return {}
  },
}

const numberCode: Stage = {
  async show(reset, form) {
    const [{ context, account }, number] = [reset, waiting(reset)?.number ?? '']
    return page(numberCodeView, {
      ...form,
      lastTwo: number.slice(-2),
      lifetime: context.policy.codes.lifetime,
      next: await nextCodeTo(context, account, 'phoneCode', number),
    })
  },
  async answer(reset, { code, act }): Promise<Judged> {
    const { context, account } = reset
    const number = waiting(reset)?.number ?? ''
    if (act === 'change') {
      await note(reset, { password: null, number: null, stagedAt: null })
      return {}
    }
    if (act === 'resend') {
      const unsent = await sendCodeTo(context, account, 'phoneCode', number)
      if (unsent) return { code: unsentError(unsent) }
      context.browser.flash('onboarding.code.sent')
      return {}
    }
    const verdict = await checkSentCode(context, { accountId: account.id, purpose: 'phoneCode', target: number }, code)
    if (!verdict.ok) return { code: verdict.error }
    // The number they had and kept: its code is the code on the old number too.
    const same = number === (await numberOf(context, account.id))
    await note(reset, { numberProvenAt: context.at, ...(same && { provenAt: context.at }) })
    return {}
  },
}

const challengeOf = (reset: Reset): Challenge => ({ occasion, owner: reset.account, way: wayOf(reset) })

/** A factor the person has. Wrong codes count together with those of signing in: a mailed link is no second set of guesses. */
const code: Stage = {
  async show(reset, form) {
    const { context, facts, choices } = reset
    const asked = await ask(context, challengeOf(reset), facts.ways)
    return page(codeView, { ...form, ...asked, phone: choices.recovery.phone, trust: null })
  },
  async answer(reset, { code: typed, act }): Promise<Judged> {
    const { context } = reset
    const challenge = challengeOf(reset)
    if (act === 'send') {
      const sent = await sendAgain(context, challenge)
      if ('unsent' in sent) return { '': sent.unsent }
      if (sent.typed) context.browser.flash('recovery.code.sent')
      return {}
    }
    const proof = await proveWithin(context, challenge, typed)
    if (proof.outcome === 'wait') return { code: { key: 'sign-in.code.wait', params: { seconds: proof.seconds } } }
    if ('error' in proof) return { code: proof.error }
    await note(reset, { provenAt: context.at })
    return {}
  },
}

const password: Stage = {
  show: async (reset, form) => page(passwordView, { ...form, ...passwordAsked(choosing(reset), repeat) }),
  async answer(reset, form) {
    const wrong = passwordMistakes(choosing(reset), repeat, form)
    if (Object.keys(wrong).length) return wrong
    return { fresh: { hash: await hashed(reset.context, form), lost: reset.facts.released } }
  },
}

/** Everything that can be missing. Who is stuck has only the way on that `none.ts` offers. */
export const stages: Record<Exclude<Place, 'stuck' | 'save'>, Stage> = {
  question,
  together,
  numberCode,
  code,
  password,
}
