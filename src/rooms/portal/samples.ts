import type { Samples, SampleVisit } from '../../tenancy/samples.ts'
import type { WidgetName } from '../../tenancy/policy.ts'
import { widgets } from './registry.ts'
import { arranged } from './tabs.ts'

const who = { name: 'Sanne de Wit', email: 'sanne@voorbeeld.example', username: null, organisation: null, role: null }
const since = new Date('2026-11-12T18:04:00Z')

/** What each widget's view shows when all is in order. */
const quiet: Record<WidgetName, object> = {
  activity: { since, kinds: ['documents', 'reports', 'appointments', 'messages', 'diary'] },
  mine: { signedInAs: who.name, email: who.email, username: null, seen: since, secondSteps: ['authenticator', 'backupCode'] },
  security: { safe: true, offered: true },
  todo: { tasks: [] },
  information: {},
}
/** What waits for an administrator on a bad day. */
const firm: Partial<Record<WidgetName, object>> = {
  todo: { tasks: [{ key: 'mailFails', until: null, href: '/profile/email' }, { key: 'smsUsedUp', until: null, href: null },
    { key: 'requests', until: null, count: 2, href: '/staff/resets' }, { key: 'bouncing', until: null, count: 1, href: '/staff/people?show=mail' }] },
}
/** And what when something is left to do. */
const urgent: Partial<Record<WidgetName, object>> = {
  activity: { since: null, kinds: ['documents', 'reports', 'appointments', 'messages', 'diary'] },
  mine: { signedInAs: who.name, email: who.email, username: 'sanne.dewit', seen: null, secondSteps: [] },
  security: { safe: false, offered: true },
  todo: { tasks: [{ key: 'secondStep', until: '2027-01-01' }, { key: 'finish', until: null }] },
}

const placed = (data: Partial<Record<WidgetName, object>>, { t }: SampleVisit, names: readonly WidgetName[]) =>
  names.map((name) =>
    ({ ...quiet[name], ...data[name], name, picture: widgets[name].picture, title: t(`portal.widget-${name}.title`), view: `portal/widget-${name}` }))

/** The home page with the firm's own widgets, or with all there are. */
const home = (page: object, data: Partial<Record<WidgetName, object>>, all = false) => (visit: SampleVisit) => {
  const { main, side } = all || !visit.tenant ? { main: ['activity', 'security', 'todo'] as const, side: ['mine', 'information'] as const } : visit.tenant.policy.home
  return { who, since, mayInvite: false, ...page, main: placed(data, visit, main), widgets: placed(data, visit, side) }
}

/** A portal with ten modules: what the header has to carry one day. */
const modules: [icon: string, nl: string, en: string][] = [
  ['house', 'Home', 'Home'], ['folder', 'Dossier', 'File'], ['file-text', 'Documenten', 'Documents'], ['message-square', 'Berichten', 'Messages'],
  ['calendar', 'Afspraken', 'Appointments'], ['clipboard-check', 'Akkoord geven', 'Approvals'], ['list-todo', 'Aangiften en aanslagen', 'Tax returns'],
  ['history', 'Verzuim en verlof', 'Absence and leave'], ['users', 'Mensen', 'People'], ['settings', 'Instellingen', 'Settings'],
]
const ten = (current: number, { language }: SampleVisit) =>
  ({ tabs: arranged(modules.map(([icon, nl, en], at) => ({ text: { nl, en }[language], href: '/home', icon, current: at === current }))), todo: 12 })

/** The pages of the portal itself. */
export const samples: Samples = {
  home: {
    quiet: { layout: 'portal', data: home({}, {}) },
    first: { layout: 'portal', data: home({ since: null, who: { ...who, organisation: 'Bakkerij Voorbeeld', role: 'Directie' } }, urgent) },
    staff: { layout: 'portal', data: home({ mayInvite: true }, {}) },
    admin: { layout: 'portal', data: home({ mayInvite: true }, firm) },
    tenModules: { layout: 'portal', data: (visit) => ({ ...home({}, urgent)(visit), ...ten(0, visit) }) },
    inTheLastOfTen: { layout: 'portal', data: (visit) => ({ ...home({}, urgent)(visit), ...ten(9, visit) }) },
    everything: { layout: 'portal', data: home({ mayInvite: true, who: { ...who, organisation: 'Bakkerij Voorbeeld' } }, urgent, true) },
  },
  todo: {
    nothing: { layout: 'portal', data: ({ t }) => ({ title: t('portal.widget-todo.title'), ...quiet.todo, todo: null }) },
    admin: { layout: 'portal', data: ({ t }) => ({ title: t('portal.widget-todo.title'), ...firm.todo }) },
  },
  menu: {
    two: { layout: 'portal', data: {} },
    ten: { layout: 'portal', data: (visit) => ten(0, visit) },
  },
}
