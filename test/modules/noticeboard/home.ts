import { view } from '../../../src/platform/views/view.ts'
import { sql } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import type { Person } from '../../../src/tenancy/context.ts'
import { newsSource, taskSource, widget } from '../../../src/tenancy/home-parts.ts'
import { newestNote, notesAfter } from './store.ts'

const since = ({ previousSignInAt }: Person) => notesAfter(sql.val(previousSignInAt))

/** The newest note, at the side of everybody's home page. */
export const newest = widget<{ text: string } | null, { text: string | null }>({
  name: 'newest',
  view: view('noticeboard/widget-newest'),
  picture: 'message-square',
  place: { client: { in: 'side', order: 40 }, staff: { in: 'side', order: 40 } },
  asks: newestNote,
  data: (_, note) => ({ text: note?.text ?? null }),
})

/** One task for what was put up since somebody was here. */
export const readTask = taskSource<{ notes: { text: string; at: string }[] }>({
  name: 'notes',
  order: 90,
  asks: ({ person }) => jsonBuildObject({ notes: since(person) }),
  tasks: (_, { notes }) =>
    notes.length ? [{ key: 'noticeboard.todo.read', until: null, count: notes.length, href: '/noticeboard' }] : [],
})

export const notesNews = newsSource<{ text: string; at: string }[]>({
  name: 'notes',
  order: 30,
  asks: ({ person }) => since(person),
  news: (_, notes) => notes.map(({ text, at }) => ({ title: text, at: new Date(at), href: '/noticeboard' })),
  none: (context) => context.t('noticeboard.news.none'),
})
