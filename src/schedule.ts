import { toDate } from './platform/clock.ts'
import type { Jobs, Work } from './platform/jobs/jobs.ts'
import { unattendedContext } from './tenancy/context.ts'
import type { PlacedJob } from './tenancy/compose.ts'
import type { Services } from './tenancy/services.ts'
import { isOn } from './tenancy/switches.ts'
import type { KnownTenant } from './tenancy/directory.ts'
import { emOf } from './tenancy/tenants.ts'
import { endWork, takeWork } from './tenancy/work-due.ts'

/** After a failure; and of a firm this process does not serve, where another may. */
const again = { failed: Temporal.Duration.from('PT1M'), elsewhere: Temporal.Duration.from('PT1H') }

type FirmJob = Extract<PlacedJob, { atFirm: unknown }>

/** In a request of its own: no job can forget whose data it touches. One firm's trouble is not another's. @returns when to come again */
async function atFirm(services: Services, job: FirmJob, { id, slug }: KnownTenant): Promise<Date | null> {
  try {
    const tenant = await services.tenants.byId(id)
    if (!tenant || !isOn(tenant.policy, job.of)) return null
    return await job.atFirm(unattendedContext(services, tenant, emOf(services.orm, tenant.id)))
  } catch (err) {
    services.log.error({ err, tenant: slug }, 'work at a firm failed')
    return after(services, again.failed)
  }
}

const after = ({ clock }: Services, wait: Temporal.Duration) => toDate(clock.now().add(wait))

/** Looks once for the firms where the job has something to do, and goes there and nowhere else. */
async function whereDue(services: Services, job: FirmJob): Promise<void> {
  const { orm, tenants, clock } = services
  const now = clock.now()
  for (let taken = await takeWork(orm, job.name, now); taken.length; taken = await takeWork(orm, job.name, now)) {
    for (const work of taken) {
      const known = tenants.knownById(work.tenantId)
      const next = known ? await atFirm(services, job, known) : after(services, again.elsewhere)
      // Never the same moment again: a turn ends.
      await endWork(orm, work, next && new Date(Math.max(next.getTime(), now.epochMilliseconds + 1)))
    }
  }
}

/** The job as the queue does it. */
export const workOf =
  (services: Services, job: PlacedJob): Work =>
  () =>
    'atFirm' in job ? whereDue(services, job) : job.atInstallation(services)

/** Plans everything that happens by itself: the jobs of all modules. */
export function plan(jobs: Jobs, services: Services): void {
  for (const job of services.modules.jobs) jobs.every(job.when, job.name, workOf(services, job))
}
