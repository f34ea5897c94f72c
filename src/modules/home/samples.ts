import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import { homeView, menuView, todoView, type HomePage, type TodoPage } from './views.ts'
import { frame } from './arrangement.ts'
import { homePolicy, type HomeArrangement } from './policy.ts'
import { arranged } from './tabs.ts'
import { busy, client, day, director, first, quiet, type Told } from './widget-samples.ts'
import { todo } from './widgets/todo.ts'

const who = { name: 'Sanne de Wit', organisation: null, role: null }

const everyWidget = ({ modules }: SampleContext) => modules.all.flatMap(({ widgets = [] }) => widgets)

/** What a kind of person has at this firm; at the installation's own address, as a firm that chose nothing. */
const chosen = ({ tenant }: SampleContext, kind: 'client' | 'staff' | 'admin'): HomeArrangement =>
  tenant?.policy.of(homePolicy)[kind] ?? { main: ['todo', 'activity'], side: ['information', 'mine'] }

const home =
  (
    kind: 'client' | 'staff' | 'admin',
    page: Partial<HomePage> = {},
    told: (context: SampleContext) => Told = () => ({}),
    left: string[] = [],
  ) =>
  (context: SampleContext) => {
    const { main, side } = chosen(context, kind)
    const data: Told = { ...quiet(context.at), ...told(context) }
    const placed = (names: string[]) =>
      names
        .filter((name) => !left.includes(name))
        .flatMap((name) => everyWidget(context).filter((each) => each.name === name))
        .map((each) => ({ ...data[each.name], ...frame(context.t, each) }))
    return { who, since: day(context.at, -9), ...page, main: placed(main), widgets: placed(side) }
  }

/** Not for clients who invite nobody. */
const inviting: string[] = ['stuck', 'people']
const bakery = { ...who, organisation: 'Bakkerij Voorbeeld', role: 'Directie' }

/** A portal with ten modules: what the header has to carry one day. */
const modules: [icon: string, nl: string, en: string][] = [
  ['house', 'Home', 'Home'],
  ['folder', 'Dossier', 'File'],
  ['file-text', 'Documenten', 'Documents'],
  ['message-square', 'Berichten', 'Messages'],
  ['calendar', 'Afspraken', 'Appointments'],
  ['clipboard-check', 'Akkoord geven', 'Approvals'],
  ['list-todo', 'Aangiften en aanslagen', 'Tax returns'],
  ['history', 'Verzuim en verlof', 'Absence and leave'],
  ['users', 'Mensen', 'People'],
  ['settings', 'Instellingen', 'Settings'],
]
const ten = (current: number, { language }: SampleContext) => ({
  tabs: arranged(
    modules.map(([icon, nl, en], at) => ({ text: { nl, en }[language], href: '/home', icon, current: at === current })),
  ),
  todo: 12,
})

/** The pages of the portal itself. */
export const samples: Samples = {
  ...states(homeView, {
    quiet: { layout: 'portal', data: home('client', {}, undefined, inviting) },
    first: { layout: 'portal', data: home('client', { since: null, who: bakery }, first, inviting) },
    busy: { layout: 'portal', data: home('client', { who: bakery }, client, inviting) },
    director: { layout: 'portal', data: home('client', { who: bakery }, director) },
    staffQuiet: { layout: 'portal', data: home('staff', {}, () => ({ todo: { tasks: [], staff: true } })) },
    staff: { layout: 'portal', data: home('staff', {}, busy) },
    adminFirst: { layout: 'portal', data: home('admin', { since: null }, first) },
    admin: { layout: 'portal', data: home('admin', {}, busy) },
    tenModules: {
      layout: 'portal',
      data: (context) => ({ ...home('client', { who: bakery }, client, inviting)(context), ...ten(0, context) }),
    },
    inTheLastOfTen: {
      layout: 'portal',
      data: (context) => ({ ...home('client', { who: bakery }, client, inviting)(context), ...ten(9, context) }),
    },
  }),
  ...states(todoView, {
    nothing: {
      layout: 'portal',
      data: ({ t, at }) => ({ ...frame(t, todo), ...quiet(at).todo, todo: null }) as TodoPage,
    },
    admin: {
      layout: 'portal',
      data: (context) =>
        ({ ...frame(context.t, todo), ...quiet(context.at).todo, ...busy(context).todo, todo: 6 }) as TodoPage,
    },
  }),
  ...states(menuView, {
    two: { layout: 'portal', data: {} },
    ten: { layout: 'portal', data: (context) => ten(0, context) },
  }),
}
