export { Account, type Invitation, type Kind } from './account.ts'
export {
  accountByEmail,
  accountByIdentifier,
  identifierLookup,
  passwordContext,
} from './accounts.ts'
export { changePeople, invitePeople, isAdministrator, seeEverybody, watchFirm } from './permissions.ts'
export { accountRecords } from './records.ts'
export { readDate } from './birth-date.ts'
export { isFreeMail, readEmail } from './email.ts'
export { hashesByKey, hashKeysSelect } from './hashes.ts'
export { readName } from './name.ts'
export { fold } from './folding.ts'
export { defaultFreeMail } from './free-mail.ts'
export { mailArrived, mailFailed, mailReturned } from './mail-failed.ts'
export { brokenRule, passwordRules } from './password-rules.ts'
export { rulesView, shownRules } from './rules.ts'
export { readPhone } from './phone.ts'
export { phoneRead } from './typed-phone.ts'
export { SecretQuestion } from './secret-question.ts'
export {
  foldUsername,
  hasUsernames,
  identifierDetails,
  identifierOf,
  readUsername,
  usernameDetail,
} from './username.ts'
export * from './changes.ts'
export * from './fragments.ts'
export * from './secret-questions.ts'
export * from './store.ts'
export { accountActions } from './audit-actions.ts'
