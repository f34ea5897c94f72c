import { view } from '../../../platform/views/view.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { widget, type News } from '../../../tenancy/home-parts.ts'
import { ofModules } from '../parts.ts'
import { composed, sharedOf } from './composed.ts'

const sources = (context: PersonContext) => ofModules(context, 'news').toSorted((a, b) => a.order - b.order)

/** `none`: what is said where nothing is new; `all`: where each module's own news stands whole. */
interface Activity {
  since: Date | null
  news: Required<News>[]
  all: { text: string; href: string }[]
  none: string
}

/** What happened since the sign-in before this one, as all modules tell it. */
export const activity = widget<Record<string, unknown> | null, Activity>({
  name: 'activity',
  view: view('home/widget-activity'),
  picture: 'history',
  place: {
    client: { in: 'main', order: 30 },
    staff: { in: 'main', order: 30 },
    admin: { in: 'main', order: 30 },
  },
  asks: (context) => composed(context, sources(context)),
  shared: (context) => sharedOf(context, sources(context)),
  data(context, rows) {
    const told = sources(context).map((source) => ({
      source,
      news: source.news(context, (rows?.[source.name] ?? null) as never), // what the source asked
    }))
    return {
      since: context.person.previousSignInAt,
      news: told.flatMap(({ news }) =>
        news.map(({ text = '', href = null, exact = false, ...one }) => ({ ...one, text, href, exact })),
      ),
      all: told.flatMap(({ source: { all }, news }) =>
        all && news.length ? [{ href: all.href, text: context.t(all.text) }] : [],
      ),
      none: told.map(({ source }) => source.none(context)).find((text) => text !== null) ?? '',
    }
  },
})
