import { composedKey } from '../../platform/i18n/texts.ts'
import { page, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { Modules } from '../../tenancy/compose.ts'
import type { Module } from '../../tenancy/manifest.ts'
import type { Sample, Samples, SampleContext } from '../../tenancy/samples.ts'
import type { InstallationContext } from '../../tenancy/context.ts'
import { arranged } from '../home/index.ts'
import { samples as errors } from './error-samples.ts'
import { pagesView } from './views.ts'

/** One page in one state. */
export interface Shot {
  module: string
  view: string
  state: string
}

/** The samples of a module and of its steps; none where it has no pages. */
async function samplesOf({ name, samples, steps = [] }: Module): Promise<[name: string, Samples][]> {
  const own = [samples, ...steps.map((step) => step.samples)].flatMap((read) => read?.() ?? [])
  const read = (await Promise.all(own)).map((each) => each.samples)
  return read.length ? [[name, Object.assign({}, ...read) as Samples]] : []
}

/** Every module's samples, by the module's name. `errors` has views but is no module. */
export async function allSamples({ all }: Modules): Promise<Record<string, Samples>> {
  const read = (await Promise.all(all.map(samplesOf))).flat()
  return { errors, ...Object.fromEntries(read.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** All there is to see, in the order of the names. */
export async function allShots(modules: Modules): Promise<Shot[]> {
  return Object.entries(await allSamples(modules)).flatMap(([module, views]) =>
    Object.entries(views).flatMap(([view, states]) => Object.keys(states).map((state) => ({ module, view, state }))),
  )
}

/** The gallery's contents: per module, per view, the states with their addresses. */
export async function contents({ services }: InstallationContext): Promise<Page> {
  const modules = Object.entries(await allSamples(services.modules)).map(([module, views]) => ({
    module,
    views: Object.entries(views).map(([view, states]) => ({
      view: `${module}/${view}`,
      states: Object.keys(states).map((state) => ({ state, href: `/dev/pages/${module}/${view}/${state}` })),
    })),
  }))
  return page(pagesView, { modules })
}

/** Somebody to be signed in as on the portal's pages. */
function company(layout: Sample['layout'], { t, modules }: SampleContext, module: string): object {
  if (layout !== 'portal') return {}
  const tabs = modules.all.flatMap(({ name, tabs: own = [] }) => own.map((tab) => ({ ...tab, of: name })))
  return {
    person: { name: 'Sanne de Wit', kind: 'client', href: '/profile' },
    todo: 2,
    tabs: arranged(
      tabs
        .sort((a, b) => a.order - b.order)
        .map(({ of, name, href, icon }) => ({
          text: t(composedKey(`${of}.tab.${name}`)),
          href,
          icon,
          current: of === module,
        })),
    ),
  }
}

/** One page in one state, at the firm of the address. @throws Refusal 404 */
export async function shot(context: InstallationContext, { module, view, state }: Shot): Promise<Page> {
  const samples = await allSamples(context.services.modules)
  const own = <T extends object>(record: T, name: string) =>
    Object.hasOwn(record, name) ? record[name as keyof T] : undefined
  const sample = own(own(own(samples, module) ?? {}, view) ?? {}, state)
  if (!sample) throw notFound()
  const { services, tenant, language, now } = context
  const t = services.presentation(tenant).texts.translator(language, { firm: tenant?.policy.name ?? '' })
  const about = { tenant, language, t, at: new Date(now.epochMilliseconds), modules: services.modules }
  const data = typeof sample.data === 'function' ? sample.data(about) : sample.data
  const layout = sample.layout ?? 'entry'
  return {
    kind: 'page',
    view: `${module}/${view}`,
    status: 200,
    layout,
    errors: sample.errors ?? {},
    data: { ...company(layout, about, module), ...data },
  }
}
