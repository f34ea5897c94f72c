/** The contents of TIME: everything that happens by itself, how often, and which function. */
import type { Jobs } from './platform/jobs/jobs.ts'
import type { Portal } from './services.ts'
import { unattendedContext, type Context } from './tenancy/context.ts'
import { emOf } from './tenancy/tenants.ts'
import { sendHeld } from './modules/activation/index.ts'
import { sweepApprovals } from './identity/factors/index.ts'
import { sweepOnboarding, tellStricter } from './modules/onboarding/index.ts'
import { tellAlarms } from './modules/sign-in/index.ts'
import { sweepBrowsers, sweepDrafts } from './identity/sessions/index.ts'
import { fulfilDue, sweepRecovery } from './modules/recovery/index.ts'
import type { Services } from './tenancy/services.ts'

/** Does something at every firm, each in a request of its own: no job can forget whose data it touches. One firm's trouble is not another's. */
const atEveryFirm = (services: Services, work: (context: Context) => Promise<void>) => async () => {
  for (const tenant of services.tenants.all) {
    await work(unattendedContext(services, tenant, emOf(services.orm, tenant.id))).catch((err: unknown) =>
      services.log.error({ err, tenant: tenant.slug }, 'work at a firm failed'),
    )
  }
}

/** Plans it all. */
export function plan(jobs: Jobs, { services, sweepAnchor }: Portal): void {
  jobs.every('* * * * *', 'audit-anchor', sweepAnchor)
  jobs.every('* * * * *', 'recovery', atEveryFirm(services, fulfilDue))
  jobs.every('* * * * *', 'sign-in-alarms', atEveryFirm(services, tellAlarms))
  jobs.every('* * * * *', 'approvals', atEveryFirm(services, sweepApprovals))
  jobs.every('*/10 * * * *', 'onboarding', atEveryFirm(services, sweepOnboarding))
  jobs.every('*/10 * * * *', 'held-invitations', atEveryFirm(services, sendHeld))
  jobs.every('*/10 * * * *', 'stricter-rules', atEveryFirm(services, tellStricter))
  jobs.every('*/10 * * * *', 'recovery-sweep', atEveryFirm(services, sweepRecovery))
  jobs.every('37 3 * * *', 'known-browsers', atEveryFirm(services, sweepBrowsers))
  jobs.every('*/10 * * * *', 'form-drafts', atEveryFirm(services, sweepDrafts))
  jobs.every('17 * * * *', 'limits', () => services.limits.sweep(services.clock.now()))
}
