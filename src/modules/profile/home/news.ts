import type { PersonContext } from '../../../tenancy/context.ts'
import { newsSource, type News } from '../../../tenancy/home-parts.ts'
import { actionWords, since, type Since } from '../../../identity/audit/index.ts'

/** As many kinds of act as are named. */
const named = 5

function told(context: PersonContext, { action, at, n, refused, mine }: Since): News {
  const beside = [
    n > 1 ? context.t('profile.news.times', { count: n }) : '',
    refused ? context.t('profile.activity.refused') : '',
    mine ? '' : context.t('profile.activity.byFirm'),
  ]
  return {
    title: actionWords(context.services.modules, context.t.bind(context), { action }),
    text: beside.filter(Boolean).join(' · '),
    at: new Date(at),
    exact: true,
  }
}

/** What happened to the own account. */
export const accountNews = newsSource<Since[] | null>({
  name: 'account',
  order: 20,
  asks: (context) => since(context, named),
  news: (context, lines) => (lines ?? []).map((line) => told(context, line)),
  none: (context) => context.t('profile.news.none'),
  all: { text: 'profile.news.all', href: '/profile/activity' },
})
