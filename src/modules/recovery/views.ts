import { view } from '../../platform/views/view.ts'
import type { Asked } from '../../identity/challenge/index.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'
import type { PasswordAsked } from '../../identity/passwords/index.ts'
import type { Place } from './place.ts'
import type { Gone } from './reset.ts'

export const indexView = view<{ by: Policy['signIn']['identifier'] }>('recovery/index')
/** `next`: in so many seconds another mail can be asked; null: now. */
export const sentView = view<{ next: number | null }>('recovery/sent')
export const goneView = view<{ state: Gone['gone'] }>('recovery/gone')

/** What every form on the link has: where it goes, and the place it was made for. */
export interface StageForm {
  at: Place
  action: string
  values: Record<string, string>
}
/** `question` is null where it cannot be read any more. */
export const questionView = view<StageForm & { question: string | null; left: number }>('recovery/question')
export const togetherView = view<StageForm & PasswordAsked>('recovery/together')
export const passwordView = view<StageForm & PasswordAsked>('recovery/password')
export const numberCodeView = view<StageForm & { lastTwo: string; lifetime: string; next: number | null }>(
  'recovery/number-code',
)
/** `phone`: the firm asks the number too, so a code to the old one can be skipped. */
export type RecoveryCode = StageForm & Asked & { phone: boolean; trust: null }
export const codeView = view<RecoveryCode>('recovery/code')
export const otherView = view<{ action: string; back: string; ways: FactorName[] }>('recovery/other')
export const stuckView = view<{ none: string }>('recovery/stuck')

/** `delay`: how long somebody waits (ISO 8601) where they get in by themselves; null: people of the firm let them in. */
interface Without {
  phone: boolean
  delay: string | null
}
export const noneView = view<Without & { action: string; back: string }>('recovery/none')
export const waitingView = view<Without>('recovery/waiting')

export const stopView = view<{ action: string }>('recovery/stop')
export const stoppedView = view('recovery/stopped')
export const tooLateView = view('recovery/too-late')
