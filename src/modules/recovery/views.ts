import { view } from '../../platform/views/view.ts'
import type { Asked } from '../../identity/challenge/index.ts'
import type { StepForm } from '../../identity/flow/index.ts'
import type { FactorName, PlacedStep, Policy } from '../../tenancy/policy.ts'
import type { PasswordAsked } from '../../identity/passwords/index.ts'
import type { Gone } from './state.ts'

export const indexView = view<{ by: Policy['signIn']['identifier'] }>('recovery/index')
/** `next`: in so many seconds another mail can be asked; null: now. */
export const sentView = view<{ next: number | null }>('recovery/sent')
export const goneView = view<{ state: Gone['gone'] }>('recovery/gone')

/** What every form on the link has: where it goes, and the step it was made for. */
export interface LinkForm extends Pick<StepForm, 'action' | 'values'> {
  at: string
}
export const formAt = ({ id }: PlacedStep, { action, values }: StepForm): LinkForm => ({ at: id, action, values })

/** `question` is null where it cannot be read any more. */
export const questionView = view<LinkForm & { question: string | null; left: number }>('recovery/question')
export const togetherView = view<LinkForm & PasswordAsked>('recovery/together')
export const passwordView = view<LinkForm & PasswordAsked>('recovery/password')
export const numberCodeView = view<LinkForm & { lastTwo: string; lifetime: string; next: number | null }>(
  'recovery/number-code',
)
/** `phone`: the firm asks the number too, so a code to the old one can be skipped. */
export type RecoveryCode = LinkForm & Asked & { phone: boolean; trust: null }
export const codeView = view<RecoveryCode>('recovery/code')
export const otherView = view<{ action: string; back: string; ways: FactorName[] }>('recovery/other')
export const stuckView = view<{ none: string }>('recovery/stuck')

/**
 * `delay`: how long somebody waits (ISO 8601) where they get in by themselves; null: people of the firm let them in.
 */
interface Without {
  phone: boolean
  delay: string | null
}
export const noneView = view<Without & { action: string; back: string }>('recovery/none')
export const waitingView = view<Without>('recovery/waiting')

export const stopView = view<{ action: string }>('recovery/stop')
export const stoppedView = view('recovery/stopped')
export const tooLateView = view('recovery/too-late')
