import type { Jobs, Work } from './platform/jobs/jobs.ts'
import { unattendedContext, type Context } from './tenancy/context.ts'
import type { PlacedJob } from './tenancy/compose.ts'
import type { Module } from './tenancy/manifest.ts'
import type { Services } from './tenancy/services.ts'
import { isOn } from './tenancy/switches.ts'
import { emOf } from './tenancy/tenants.ts'

/** Does something at every firm that has the module, each in a request of its own: no job can forget whose data it touches. One firm's trouble is not another's. */
async function atEveryFirm(services: Services, of: Module, work: (context: Context) => Promise<void>): Promise<void> {
  for (const tenant of services.tenants.all.filter(({ policy }) => isOn(policy, of))) {
    await work(unattendedContext(services, tenant, emOf(services.orm, tenant.id))).catch((err: unknown) =>
      services.log.error({ err, tenant: tenant.slug }, 'work at a firm failed'),
    )
  }
}

/** The job as the queue does it. */
export const workOf =
  (services: Services, job: PlacedJob): Work =>
  () =>
    'atFirm' in job ? atEveryFirm(services, job.of, job.atFirm) : job.atInstallation(services)

/** Plans everything that happens by itself: the jobs of all modules. */
export function plan(jobs: Jobs, services: Services): void {
  for (const job of services.modules.jobs) jobs.every(job.when, job.name, workOf(services, job))
}
