import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import type { Sample, Samples, SampleVisit } from '../../tenancy/samples.ts'
import type { HouseVisit } from '../../tenancy/visit.ts'
import { arranged } from '../portal/index.ts'
import { samples as errors } from './error-samples.ts'

const rooms = join(import.meta.dirname, '..')

/** One page in one state. */
export interface Shot {
  room: string
  view: string
  state: string
}

/**
 * Every room's samples, by the room's name. They are found by their place (`samples.ts` in the room), so that a room is
 * in the gallery by having them; `errors` has views but is no room.
 */
export async function allSamples(): Promise<Record<string, Samples>> {
  const found = readdirSync(rooms)
    .filter((room) => existsSync(join(rooms, room, 'samples.ts')))
    .sort()
  const read = await Promise.all(
    found.map(async (room) => {
      const module = (await import(pathToFileURL(join(rooms, room, 'samples.ts')).href)) as { samples: Samples }
      return [room, module.samples] as const
    }),
  )
  return { errors, ...Object.fromEntries(read) }
}

/** All there is to see, in the order of the names. */
export async function allShots(): Promise<Shot[]> {
  return Object.entries(await allSamples()).flatMap(([room, views]) =>
    Object.entries(views).flatMap(([view, states]) => Object.keys(states).map((state) => ({ room, view, state }))),
  )
}

/** The gallery's contents: per room, per view, the states with their addresses. */
export async function contents(): Promise<object> {
  const rooms = Object.entries(await allSamples()).map(([room, views]) => ({
    room,
    views: Object.entries(views).map(([view, states]) => ({
      view: `${room}/${view}`,
      states: Object.keys(states).map((state) => ({ state, href: `/dev/pages/${room}/${view}/${state}` })),
    })),
  }))
  return { rooms }
}

/** Somebody to be signed in as on the portal's pages. */
function company(layout: Sample['layout'], { t }: SampleVisit, room: string): object {
  if (layout !== 'portal') return {}
  const tab = (key: string, href: string, icon: string, of: string) => ({
    text: t(`portal.tab.${key}`),
    href,
    icon,
    current: room === of,
  })
  return {
    person: { name: 'Sanne de Wit', kind: 'client', href: '/profile' },
    todo: 2,
    tabs: arranged([tab('home', '/home', 'house', 'portal'), tab('people', '/staff/people', 'users', 'staff')]),
  }
}

/** One page in one state, at the firm of the address. @throws Refusal 404 */
export async function shot(visit: HouseVisit, { room, view, state }: Shot): Promise<Page> {
  const samples = await allSamples()
  const own = <T extends object>(record: T, name: string) =>
    Object.hasOwn(record, name) ? record[name as keyof T] : undefined
  const sample = own(own(own(samples, room) ?? {}, view) ?? {}, state)
  if (!sample) throw notFound()
  const { house, tenant, language, now } = visit
  const t = house.front(tenant).texts.translator(language, { firm: tenant?.policy.name ?? '' })
  const about = { tenant, language, t, at: new Date(now.epochMilliseconds) }
  const data = typeof sample.data === 'function' ? sample.data(about) : sample.data
  const layout = sample.layout ?? 'entry'
  return {
    kind: 'page',
    view: `${room}/${view}`,
    status: 200,
    layout,
    errors: sample.errors ?? {},
    data: { ...company(layout, about, room), ...data },
  }
}
