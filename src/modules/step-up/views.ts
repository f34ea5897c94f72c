import { view } from '../../platform/views/view.ts'
import type { Asked } from '../../identity/challenge/index.ts'

/** `trust` is for signing in: a computer is not trusted by showing once more who one is. */
export type StepUpCode = Asked & { trust: null }
export const codeView = view<StepUpCode>('step-up/code')
/** Where a code goes out only when it is asked for. */
export const sendView = view<StepUpCode>('step-up/send')
export const passwordView = view('step-up/password')
