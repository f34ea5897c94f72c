export type { Factor, FactorFacts, FactorVerdict, Owner } from './factor.ts'
export { factors, hasSecondStep, offersBackupCode, stepUpWays, usable } from './registry.ts'
export { factorFactsBy, factorFactsSelect } from './facts.ts'
export { askingSample } from './sample.ts'
export { lookView } from './views.ts'
export { asking, sendingOf, unsentError, waysFromHere, type Asking } from './asking.ts'
export * from './authenticator/index.ts'
export * from './backup-code/index.ts'
export { factorChecks } from './policy-checks.ts'
export { factorEntities } from './entities.ts'
export { factorsAsBefore } from './as-before.ts'
export { dropUnreadable } from './unreadable.ts'
export {
  addPasskey,
  askPasskey,
  mostPasskeys,
  newPasskey,
  ownPasskeys,
  provePasskey,
  removePasskey,
  renamePasskey,
  type OwnPasskey,
} from './passkey/passkeys.ts'
export { checkSentCode } from './sent-code.ts'
export { numberOf, savePhone } from './sms/phones.ts'
export * from './approval/index.ts'
export { smsUsedUpPart } from './sms/budget.ts'
export { mayText, nextCodeTo, sendCodeTo } from './sms/sms.ts'
