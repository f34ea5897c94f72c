export { type Factor, type FactorFacts, type FactorVerdict, type Owner } from './factor.ts'
export * from './registry.ts'
export * from './installed.ts'
export { factorFacts, factorFactsOf } from './facts.ts'
export { askingSample } from './sample.ts'
export { factorParts } from './parts.ts'
export { lookView } from './views.ts'
export { fingerprint } from './fingerprint.ts'
export { asking, sendingOf, tellUsed, unsentError, waysFromHere, type Asking } from './asking.ts'
export * from './authenticator/index.ts'
export * from './backup-code/index.ts'
export { factorChecks } from './policy-checks.ts'
export { removeBackups, removeFactors } from './as-before.ts'
export { dropUnreadable } from './unreadable.ts'
export {
  addPasskey,
  askPasskey,
  newPasskey,
  ownPasskeys,
  provePasskey,
} from './passkey/passkeys.ts'
export { passkeys } from './passkey/store.ts'
export type { OwnAdd, OwnItem, OwnList } from './own-list.ts'
export type { Enrolments } from './enrolments.ts'
export { listRow, type OwnRow } from './own-row.ts'
export * from './device-prompt/index.ts'
export { factorActions } from './audit-actions.ts'
export { factorNotices } from './notices.ts'
export { enrolPasskey } from './passkey/enrol.ts'
export * from './sms/index.ts'
