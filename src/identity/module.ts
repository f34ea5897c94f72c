import type { Context } from '../tenancy/context.ts'
import type { Module } from '../tenancy/manifest.ts'
import {
  Account,
  accountRecords,
  changePeople,
  invitePeople,
  SecretQuestion,
  seeEverybody,
  watchFirm,
  accountActions,
} from './accounts/index.ts'
import { AuditLine, auditRecords } from './audit/index.ts'
import {
  factorActions,
  factorChecks,
  factorNotices,
  factorParts,
  ownFactors,
  smsTask,
  sweepPrompts,
} from './factors/index.ts'
import {
  FormDraft,
  sessionActions,
  KnownBrowser,
  Session,
  sessionRecords,
  SignInAlarm,
  sweepBrowsers,
  sweepDrafts,
  TrustedComputer,
} from './sessions/index.ts'
import { noticesPolicy } from './notices/index.ts'
import { AnsweredForm, FlowProgress, Staged, StepMark, sweepFlows, flowRecords } from './flow/index.ts'
import { passwordNotices } from './passwords/index.ts'
import { passwordRequirement, secondFactorRequirement } from './requirements/index.ts'
import { OneTime, linkRecords } from './tokens/index.ts'

/** Anchors the firm's log, also where the process that wrote to it was killed before it could. */
async function anchorLog({ services, tenant }: Context): Promise<null> {
  await services.anchorLog(tenant.id)
  return null
}

const own = factorParts(ownFactors)

/** Who somebody is: accounts, what they sign in with, their sessions, and the log of what was done. */
export const identity: Module = {
  name: 'identity',
  required: true,
  policy: [noticesPolicy],
  auditActions: [
    ...Object.values(accountActions),
    ...Object.values(sessionActions),
    ...Object.values(factorActions),
    ...own.auditActions,
  ],
  mails: own.mails,
  notices: [...Object.values(passwordNotices), ...Object.values(factorNotices), ...own.notices],
  policyChecks: factorChecks,
  permissions: [invitePeople, changePeople, seeEverybody, watchFirm],
  tasks: [smsTask],
  records: [...accountRecords, ...sessionRecords, auditRecords, flowRecords, linkRecords, ...own.records],
  entities: [
    Account,
    SecretQuestion,
    OneTime,
    ...own.entities,
    Session,
    TrustedComputer,
    FormDraft,
    KnownBrowser,
    SignInAlarm,
    AuditLine,
    FlowProgress,
    StepMark,
    AnsweredForm,
    Staged,
  ],
  factors: own.factors,
  requirements: [passwordRequirement, secondFactorRequirement],
  jobs: [
    { name: 'audit-anchor', when: '* * * * *', atFirm: anchorLog },
    { name: 'approvals', when: '* * * * *', atFirm: sweepPrompts },
    { name: 'form-drafts', when: '*/10 * * * *', atFirm: sweepDrafts },
    { name: 'onboarding', when: '*/10 * * * *', atFirm: sweepFlows },
    { name: 'known-browsers', when: '37 3 * * *', atFirm: sweepBrowsers },
  ],
}
