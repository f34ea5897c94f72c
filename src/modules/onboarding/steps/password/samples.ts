import { passwordSample, type PasswordAsked } from '../../../../identity/passwords/index.ts'
import { states, type Samples, type SampleContext } from '../../../../tenancy/samples.ts'
import { on, tooShort, usual } from '../../sample-parts.ts'
import { passwordView } from '../../views.ts'

const password =
  (own: Partial<PasswordAsked> = {}) =>
  (context: SampleContext) =>
    on('password', { ...passwordSample(context), again: false, ...own })

export const samples: Samples = states(passwordView, {
  ...usual(password(), { tooShort, differs: { repeat: { key: 'onboarding.password.differs' } } }),
  changing: { data: password({ current: true, buttonTells: true }) },
  changingWrong: {
    data: password({ current: true, buttonTells: true }),
    errors: { current: { key: 'onboarding.password.currentWrong' } },
  },
  typing: {
    data: (context) => {
      const page = password({ buttonTells: true })(context)
      return { ...page, rules: page.rules.map((rule, at) => ({ ...rule, ok: at > 0 })) }
    },
  },
})
