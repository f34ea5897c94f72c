import { z } from 'zod'
import { fragment } from '../../tenancy/fragment.ts'

/**
 * What stands on the home page, per kind of person. A widget is one file in the portal's module, one line in its registry
 * and its name here; only the firm's administrators have `health`.
 */
const forEverybody = ['todo', 'stuck', 'activity', 'people', 'mine', 'security', 'information'] as const
export const widgetNames = [...forEverybody, 'health'] as const
export type WidgetName = (typeof widgetNames)[number]

/** Widgets in the middle of the page, in this order, and in the column beside it. */
export interface HomeArrangement {
  main: WidgetName[]
  side: WidgetName[]
}
export type HomeChoices = Record<'client' | 'staff' | 'admin', HomeArrangement>

const defaults: HomeChoices = {
  client: { main: ['todo', 'stuck', 'activity'], side: ['people', 'information', 'mine'] },
  staff: { main: ['todo', 'stuck', 'activity'], side: ['people', 'mine'] },
  admin: { main: ['todo', 'stuck', 'activity'], side: ['people', 'health', 'mine'] },
}

const list = <const Names extends readonly [string, ...string[]]>(names: Names, standard: Names[number][]) =>
  z.array(z.enum(names)).default(standard)
const main = 'widgets in the middle of the home page, in this order'
const side = 'widgets in the column beside it'
const kind = (names: readonly [WidgetName, ...WidgetName[]], standard: HomeArrangement) =>
  z
    .strictObject({
      main: list(names, standard.main).describe(main),
      side: list(names, standard.side).describe(side),
    })
    .optional()

const written = z.strictObject({
  client: kind(forEverybody, defaults.client).describe(
    'the home page of clients; "stuck" and "people" show only to those who may invite colleagues',
  ),
  staff: kind(forEverybody, defaults.staff).describe("the home page of the firm's people"),
  admin: kind(widgetNames, defaults.admin).describe("the home page of the firm's administrators"),
  main: z
    .array(z.enum(forEverybody))
    .optional()
    .describe('the same for every kind of person not named above, as earlier versions had it: in the middle'),
  side: z.array(z.enum(forEverybody)).optional().describe('and in the column beside it'),
})

/** What main and side meant where only one of them was written down. */
const earlier: HomeArrangement = { main: ['todo'], side: ['mine', 'information'] }

function perKind(home: z.output<typeof written>): HomeChoices {
  const same = home.main || home.side ? { main: home.main ?? earlier.main, side: home.side ?? earlier.side } : null
  const of = (who: keyof HomeChoices): HomeArrangement => home[who] ?? same ?? defaults[who]
  return { client: of('client'), staff: of('staff'), admin: of('admin') }
}

/** The firm's choice of widgets: per kind of person, or `main` and `side` for everybody, as it was written before. */
export const homePolicy = fragment('home', written.transform(perKind).prefault({}))
