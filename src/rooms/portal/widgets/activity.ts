import { moment, type Widget } from '../widget.ts'

/** The parts of the portal where something can happen, in the order they are told. */
const kinds = ['documents', 'reports', 'appointments', 'messages', 'diary']

/** What happened since the sign-in before this one: in words, also where there is nothing. */
export const activity: Widget<{ since: string | null }> = {
  picture: 'history',
  part: ({ person }) => ({ sql: `select json_build_object('since', a.previous_sign_in_at) from account a where a.id = ?`, params: [person.id] }),
  data: (_visit, { since }) => ({ since: moment(since), kinds }),
}
