import { view } from '../../../platform/views/view.ts'
import { widget, type ShownWidget } from '../../../tenancy/home-parts.ts'

/** What this page is for, and how to reach the firm; all of it is in the firm's texts and choices. */
export const information = widget({
  name: 'information',
  view: view<ShownWidget>('home/widget-information'),
  picture: 'info',
  place: { client: { in: 'side', order: 20 } },
  asks: () => null,
  data: () => ({}),
})
