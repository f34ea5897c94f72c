/** The contents of TIME: everything that happens by itself, how often, and which function. */
import type { Jobs } from './platform/jobs.ts'
import type { OpenHouse } from './open-house.ts'
import { unattendedVisit, type Visit } from './tenancy/visit.ts'
import { emOf } from './tenancy/tenants.ts'
import { sendHeld } from './rooms/activation/index.ts'
import { sweepApprovals } from './rooms/factors/index.ts'
import { sweepOnboarding, tellStricter } from './rooms/onboarding/index.ts'
import { tellAlarms } from './rooms/sign-in/index.ts'
import { sweepBrowsers, sweepDrafts } from './rooms/sessions/index.ts'
import { fulfilDue, sweepRecovery } from './rooms/recovery/index.ts'
import type { House } from './tenancy/house.ts'

/** Does something at every firm, each in a visit of its own: no job can forget whose data it touches. One firm's trouble is not another's. */
const atEveryFirm = (house: House, work: (visit: Visit) => Promise<void>) => async () => {
  for (const tenant of house.tenants.all) {
    await work(unattendedVisit(house, tenant, emOf(house.orm, tenant.id))).catch((err: unknown) =>
      house.log.error({ err, tenant: tenant.slug }, 'work at a firm failed'),
    )
  }
}

/** Plans it all. */
export function plan(jobs: Jobs, { house, sweepAnchor }: OpenHouse): void {
  jobs.every('* * * * *', 'audit-anchor', sweepAnchor)
  jobs.every('* * * * *', 'recovery', atEveryFirm(house, fulfilDue))
  jobs.every('* * * * *', 'sign-in-alarms', atEveryFirm(house, tellAlarms))
  jobs.every('* * * * *', 'approvals', atEveryFirm(house, sweepApprovals))
  jobs.every('*/10 * * * *', 'onboarding', atEveryFirm(house, sweepOnboarding))
  jobs.every('*/10 * * * *', 'held-invitations', atEveryFirm(house, sendHeld))
  jobs.every('*/10 * * * *', 'stricter-rules', atEveryFirm(house, tellStricter))
  jobs.every('*/10 * * * *', 'recovery-sweep', atEveryFirm(house, sweepRecovery))
  jobs.every('37 3 * * *', 'known-browsers', atEveryFirm(house, sweepBrowsers))
  jobs.every('*/10 * * * *', 'form-drafts', atEveryFirm(house, sweepDrafts))
  jobs.every('17 * * * *', 'limits', () => house.limits.sweep(house.clock.now()))
}
