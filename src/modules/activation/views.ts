import { view } from '../../platform/views/view.ts'
import type { LinkState } from '../../identity/tokens/index.ts'

export const goneView = view<{ state: LinkState['state'] }>('activation/gone')
/** Asks the mail address, where the first form of the link asks nothing that must be typed. */
export const confirmView = view<{ action: string }>('activation/confirm')
export const otherPersonView = view<{ name: string; action: string }>('activation/other-person')
export const newView = view('activation/new')
/** `next`: in so many seconds another can be asked; null: now. */
export const newSentView = view<{ next: number | null }>('activation/new-sent')
