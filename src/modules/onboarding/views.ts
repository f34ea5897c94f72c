import type { PlainKey } from '../../platform/i18n/texts.ts'
import { view } from '../../platform/views/view.ts'
import type { BackupPaper, Join } from '../../identity/factors/index.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { StepForm } from '../../identity/flow/index.ts'
import type { PasswordAsked } from '../../identity/passwords/index.ts'

/** What every step that sets up a factor has: it can be left for later, or for another factor. */
export interface SetUp {
  optional: boolean
  choice: boolean
}
type Day = Temporal.PlainDate | string | null

/** `again`: somebody who had one before; the words of the first time are not for them. */
export const passwordView = view<StepForm & PasswordAsked & { again: boolean }>('onboarding/password')

/** `next`: in so many seconds another code can be asked; `lastTwo` digits of the number that waits for its code. */
export interface PhoneAsked extends SetUp {
  next: number | null
  use: 'factor' | 'recovery'
  lastTwo: string | null
  lifetime: string
}
export const phoneView = view<StepForm & PhoneAsked>('onboarding/phone')
export const phoneCodeView = view<StepForm & PhoneAsked>('onboarding/phone-code')
/** A password is asked too, unless the firm has it asked elsewhere. */
export const togetherView = view<StepForm & PhoneAsked & PasswordAsked>('onboarding/together')

export const birthDateView = view<StepForm>('onboarding/birth-date')
export const signInView = view<StepForm & { with: 'own' | 'temporary'; next: number | null }>('onboarding/sign-in')

/**
 * `until`: the last day on which it can be put off, `days` from now; `obligatoryFrom`: the firm asks it of everybody.
 */
export const introView = view<
  StepForm & {
    later: boolean
    until: Day
    days: number | null
    obligatoryFrom: string | null
    ways: readonly FactorName[]
    backupCode: boolean
  }
>('onboarding/intro')

/** What is missing by the firm's stricter rules. */
export interface StricterAsked {
  /** The keys of the text above them, and of each. */
  text: PlainKey
  asked: PlainKey[]
  from: Day
  until: Day
  days: number
}
export const stricterView = view<StepForm & StricterAsked>('onboarding/stricter')

export const chooseFactorView = view<StepForm & { of: FactorName[] }>('onboarding/choose-factor')
export const authenticatorView = view<StepForm & SetUp & { key: string; address: string; picture: string }>(
  'onboarding/authenticator',
)
export const passkeyView = view<StepForm & SetUp & { options: string }>('onboarding/passkey')
/** `look`: the address that says when the other device is there. */
export const devicePromptView = view<
  StepForm & SetUp & { there: boolean; join: Join | null; picture: string; look: string }
>('onboarding/device-prompt')
/** `confirm`: a tick is asked that it was put away. */
export const backupCodeView = view<
  StepForm & { paper: BackupPaper; code: string; confirm: boolean; again: boolean; switchesOff: boolean; file: string }
>('onboarding/backup-code')
export const secretQuestionView = view<StepForm & { confirmPassword: boolean; most: number }>(
  'onboarding/secret-question',
)
export const doneView = view<StepForm & { landing: 'home' | 'signIn'; strengthened: boolean; name: string }>(
  'onboarding/done',
)

/** Too many tries: the link and the session are closed, and why. */
export const closedView = view<{ reason: string }>('activation/closed')
