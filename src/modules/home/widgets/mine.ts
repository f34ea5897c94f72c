import type { Widget } from '../widget.ts'

interface Mine {
  email: string
  username: string | null
}

/** How the firm knows somebody: where mail goes and what they sign in with. Their name and language stand in the page's header. */
export const mine: Widget<never, Mine> = {
  picture: 'user',
  part: () => null,
  data: ({ person }) => ({ email: person.email, username: person.username }),
}
