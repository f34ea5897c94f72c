import { factorKinds, type FactorKinds } from './factors.ts'
import type { AnyEntity, Given, Job, Module } from './manifest.ts'
import type { Requirement } from './requirement.ts'
import type { Route } from './route.ts'
import { stepKinds, type StepKinds } from './steps.ts'
import type { Policy, PolicyReader } from './policy.ts'
import { policyOf } from './policy-reader.ts'
import { isOn } from './switches.ts'
import { unlistedActions, type AuditAction } from './audit-action.ts'
import { unlistedMails, type MailKind } from './mail-kind.ts'
import { mailsOf, noticesOf, unlistedNotices, type Notice } from './notice.ts'

/** A route at its whole address. */
export interface PlacedRoute {
  at: string
  route: Route
  /** The module it is of. */
  of: Module
}

/** A job and its module. */
export type PlacedJob = Job & { of: Module }

/** All modules of an installation, and what they have together. */
export interface Modules {
  all: readonly Module[]
  entities: AnyEntity[]
  jobs: PlacedJob[]
  policy: PolicyReader
  factors: FactorKinds
  steps: StepKinds
  requirements: Requirement[]
  /** What is mailed, notices among it. */
  mails: readonly MailKind[]
  notices: readonly Notice[]
  /** What is written in the log, by its name there. */
  auditActions: ReadonlyMap<string, AuditAction>
  /** Whether a firm sends this mail: not when it is of a module that is off. */
  sends(policy: Policy, purpose: string): boolean
  /** Every route; in production without those of the development pages. */
  routes(where: { production: boolean }): PlacedRoute[]
}

/** @throws Error for what was declared and no module lists, so that nothing knows of it: the start stops */
export function allListed({ all }: Modules): void {
  const unlisted: Record<string, string[]> = {
    mails: unlistedMails(all.flatMap((module) => module.mails ?? [])).map(({ purpose }) => purpose),
    notices: unlistedNotices(noticesOf(all)).map(({ purpose }) => purpose),
    'actions under auditActions': unlistedActions(all.flatMap((module) => module.auditActions ?? [])).map(
      ({ name }) => name,
    ),
  }
  const forgotten = Object.entries(unlisted).filter(([, names]) => names.length)
  if (forgotten.length)
    throw new Error(forgotten.map(([what, names]) => `No module lists these ${what}: ${names.join(', ')}`).join('; '))
}

/**
 * Puts the modules together.
 * @throws Error with a sentence for what two of them call the same, and for a route that lets in whom it should not: the
 * start stops
 */
export function compose(all: readonly Module[]): Modules {
  const jobs = all.flatMap((of) => (of.jobs ?? []).map((job) => ({ ...job, of })))
  const permissions = all.flatMap((module) => module.permissions ?? [])
  const factors = factorKinds(all.flatMap((module) => module.factors ?? []))
  const steps = stepKinds(all.flatMap((module) => module.steps ?? []))
  const requirements = all.flatMap((module) => module.requirements ?? [])
  const routes = placed(all, { steps, factors })
  const entities = all.flatMap((module) => module.entities ?? [])
  const auditActions = all.flatMap((module) => module.auditActions ?? [])
  mustBeOnce({ ...namesIn(all), route: routes.map(nameOf) })
  const sender = new Map(all.flatMap((of) => mailsOf(of).map(({ purpose }) => [purpose, of] as const)))
  const unknown = routes.find(({ route: { permission } }) => permission && !permissions.includes(permission))
  if (unknown)
    throw new Error(
      `${nameOf(unknown)} asks for "${unknown.route.permission?.name}", which no module lists under permissions`,
    )
  return {
    all,
    entities,
    jobs,
    policy: policyOf(all, { steps, factors }),
    factors,
    steps,
    requirements,
    mails: all.flatMap(mailsOf),
    notices: noticesOf(all),
    auditActions: new Map(auditActions.map((action) => [action.name, action])),
    routes: ({ production }) =>
      production ? placed(all, { steps, factors }, ({ inDevelopment }) => !inDevelopment) : routes,
    sends: (policy, purpose) => isOn(policy, sender.get(purpose) ?? { name: '' }),
  }
}

/** What the modules call what they bring, by its kind. */
function namesIn(all: readonly Module[]): Record<string, string[]> {
  const names = (what: (module: Module) => readonly { name: string }[] | undefined) =>
    all.flatMap((module) => (what(module) ?? []).map(({ name }) => name))
  return {
    module: all.map(({ name }) => name),
    widgets: names(({ widgets }) => widgets),
    tasks: names(({ tasks }) => tasks),
    news: names(({ news }) => news),
    section: all.flatMap(({ sections = [] }) => sections.map(({ place, name }) => `${place}/${name}`)),
    records: names(({ records }) => records),
    mail: all.flatMap(mailsOf).map(({ purpose }) => purpose),
    notice: noticesOf(all).flatMap(({ purpose, aliases = [] }) => [purpose, ...aliases]),
    'audit action': names(({ auditActions }) => auditActions),
    permission: names(({ permissions }) => permissions),
    job: names(({ jobs }) => jobs),
    table: all.flatMap(({ entities = [] }) => entities.map(({ name, tableName }) => tableName ?? name)),
    factor: all.flatMap(({ factors = [] }) => factors.flatMap(({ name, aliases = [] }) => [name, ...aliases])),
    step: all.flatMap(({ steps = [] }) => steps.flatMap(({ name, aliases = [] }) => [name, ...aliases])),
    requirement: names(({ requirements }) => requirements),
  }
}

/** @throws Error naming what stands more than once */
function mustBeOnce(names: Record<string, string[]>): void {
  const twice = Object.entries(names).flatMap(([kind, all]) =>
    [...new Set(all.filter((name, at) => all.indexOf(name) !== at))].map(
      (name) => `there are two of ${kind} "${name}"`,
    ),
  )
  if (twice.length) throw new Error(`Every name is given once: ${twice.join('; ')}`)
}

const nameOf = ({ at, route }: PlacedRoute) => `${route.method.toUpperCase()} ${at}`

function placed(
  all: readonly Module[],
  given: Given,
  wanted: (mount: NonNullable<Module['mounts']>[number]) => boolean = () => true,
): PlacedRoute[] {
  return all.flatMap((of) =>
    (of.mounts ?? []).filter(wanted).flatMap(({ address, routes, aboutSigningIn = false }) =>
      (typeof routes === 'function' ? routes(given) : routes).map((route) => {
        const each = { at: `${address}${route.path}`.replace(/(.)\/$/, '$1'), route, of }
        mustAsk(each, aboutSigningIn)
        return each
      }),
    ),
  )
}

/**
 * What happens by itself and has something to look at when these choices are published, by name. At a firm that is new
 * there is nothing but its choices.
 */
export const jobsAfter =
  ({ jobs }: Pick<Modules, 'jobs'>) =>
  (policy: Policy, isFirst: boolean): string[] =>
    jobs.filter((job) => 'atFirm' in job && (job.follows ? job.follows(policy) : !isFirst)).map(({ name }) => name)

/** @throws Error for a route that does not say who may come or what may be sent, or that would let a session somebody left open see or change how they sign in */
function mustAsk(placed: PlacedRoute, aboutSigningIn: boolean): void {
  const { level, schema, withoutStepUp } = placed.route
  if (!level || !schema) throw new Error(`${nameOf(placed)} has no level or permission, or no schema`)
  if (aboutSigningIn && level !== 'steppedUp' && level !== 'enrolling' && !withoutStepUp)
    throw new Error(
      `${nameOf(placed)}: make it "steppedUp" or "enrolling", or say with withoutStepUp why it shows and changes nothing about signing in`,
    )
}
