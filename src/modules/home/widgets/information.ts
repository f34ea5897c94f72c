import type { Widget } from '../widget.ts'

/** What this page is for, and how to reach the firm; all of it is in the firm's texts and choices. */
export const information: Widget = {
  picture: 'info',
  part: () => null,
  data: () => ({}),
}
