import { view } from '../../platform/views/view.ts'

/** Too many tries: the link and the session are closed, and why. */
export const closedView = view<{ reason: string }>('activation/closed')
