import { view } from '../../../platform/views/view.ts'
import { widget } from '../../../tenancy/home-parts.ts'

interface Mine {
  email: string
  username: string | null
}

/**
 * How the firm knows somebody: where mail goes and what they sign in with. Their name and language stand in the page's
 * header.
 */
export const mine = widget<null, Mine>({
  name: 'mine',
  view: view('profile/widget-mine'),
  picture: 'user',
  place: {
    client: { in: 'side', order: 30 },
    staff: { in: 'side', order: 30 },
    admin: { in: 'side', order: 30 },
  },
  asks: () => null,
  data: ({ person }) => ({ email: person.email, username: person.username }),
})
