import { view } from '../../platform/views/view.ts'
import type { LinkState } from '../../identity/tokens/index.ts'

/** A question that waits; `owner` is named where this device approves for several accounts. */
export interface QuestionShown {
  id: string
  purpose: string
  choices: string[]
  network: string
  askedAt: Date
  device: string
  owner: string | null
}
/** What an approving device shows. `push`: the key by which it can be woken, where the firm's server can. */
export const indexView = view<{ asks: boolean; question: QuestionShown | null; wakes: boolean; push: string | null }>(
  'device-prompt/index',
)
export const unknownView = view('device-prompt/unknown')
/** What came of an answer, each with its page. */
export const outcomes = ['approved', 'refused', 'late'] as const
export const answeredView = view<{ outcome: (typeof outcomes)[number] }>('device-prompt/answered')

export const joinView = view<{ action: string }>('device-prompt/join')
export const joinGoneView = view<{ state: Exclude<LinkState['state'], 'alive'> | 'closed' }>('device-prompt/join-gone')
