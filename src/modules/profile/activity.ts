import { page, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { actionWords, linesAbout } from '../../identity/audit/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { activityView } from './views.ts'

/** Lines on one page. */
const perPage = 20

/** What happened to somebody's account, in words, newest first. What others did is told as the firm's. */
export async function activityPage(context: PersonContext, pageText: string): Promise<Page> {
  const number = /^[1-9]\d{0,3}$/.test(pageText) ? Number(pageText) : 1
  const found = await linesAbout(context, context.person.id, { offset: (number - 1) * perPage, most: perPage + 1 })
  const lines = found.slice(0, perPage).map(({ at, action, outcome, actor, browser, network, detail }) => {
    const mine = actor === context.person.id
    return {
      at,
      text: actionWords(context.services.modules, context.t.bind(context), { action, detail }),
      refused: outcome === 'refused',
      mine,
      // Where others sat is not this person's business.
      device: mine && browser ? deviceWords(context.t.bind(context), browser) : null,
      network: mine ? network : null,
    }
  })
  const at = (place: number) => `/profile/activity?page=${place}`
  return page(activityView, {
    lines,
    previous: number > 1 ? at(number - 1) : null,
    next: found.length > perPage ? at(number + 1) : null,
  })
}
