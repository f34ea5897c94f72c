import { z } from 'zod'
import { fragment } from '../../tenancy/fragment.ts'
import type { Kind, Widget } from '../../tenancy/home-parts.ts'

/** Widgets in the middle of the page, in this order, and in the column beside it. */
export interface HomeArrangement {
  main: string[]
  side: string[]
}
export type HomeChoices = Record<Kind, HomeArrangement>

/** What the widgets say of themselves: where each stands for a kind of person where the firm says nothing. */
function standard(widgets: readonly Widget[], kind: Kind): HomeArrangement {
  const placed = (where: 'main' | 'side') =>
    widgets
      .flatMap(({ name, place }) => (place[kind]?.in === where ? [{ name, order: place[kind].order }] : []))
      .sort((a, b) => a.order - b.order)
      .map(({ name }) => name)
  return { main: placed('main'), side: placed('side') }
}

const list = (names: string[], otherwise: string[]) => z.array(z.enum(names)).default(otherwise)
const main = 'widgets in the middle of the home page, in this order'
const side = 'widgets in the column beside it'

function written(widgets: readonly Widget[]) {
  const forAll = widgets.filter(({ kinds }) => !kinds).map(({ name }) => name)
  const kind = (who: Kind) => {
    const names = widgets.filter(({ kinds }) => kinds?.includes(who) ?? true).map(({ name }) => name)
    const otherwise = standard(widgets, who)
    return z
      .strictObject({
        main: list(names, otherwise.main).describe(main),
        side: list(names, otherwise.side).describe(side),
      })
      .optional()
  }
  return z.strictObject({
    client: kind('client').describe('the home page of clients; what says nothing to somebody is left out'),
    staff: kind('staff').describe("the home page of the firm's people"),
    admin: kind('admin').describe("the home page of the firm's administrators"),
    main: z
      .array(z.enum(forAll))
      .optional()
      .describe('the same for every kind of person not named above, as earlier versions had it: in the middle'),
    side: z.array(z.enum(forAll)).optional().describe('and in the column beside it'),
  })
}

/** What main and side meant where only one of them was written down. */
const earlier: HomeArrangement = { main: ['todo'], side: ['mine', 'information'] }

/**
 * The firm's choice of widgets: per kind of person, or `main` and `side` for everybody, as it was written before. Which
 * there are, and where they stand unless the firm says otherwise, the widgets of all modules say themselves.
 */
export const homePolicy = fragment('home', (all) => {
  const widgets = all.flatMap((module) => module.widgets ?? [])
  return written(widgets)
    .transform((home): HomeChoices => {
      const same = home.main || home.side ? { main: home.main ?? earlier.main, side: home.side ?? earlier.side } : null
      const of = (who: Kind): HomeArrangement => home[who] ?? same ?? standard(widgets, who)
      return { client: of('client'), staff: of('staff'), admin: of('admin') }
    })
    .prefault({})
})
