export {
  codeIsOut,
  issueCode,
  obstacle,
  passCodeOn,
  tryCode,
  type Budget,
  type CodeFor,
  type CodeVerdict,
  type NotSent,
} from './codes.ts'
export {
  findLink,
  issueLink,
  openHeld,
  putLink,
  sealHeld,
  type AliveLink,
  type LinkState,
} from './links.ts'
export { OneTime, type Purpose } from './one-time.ts'
export { oneTimes, wasMade } from './fragments.ts'
export {
  countTryAt,
  attach,
  isUnspent,
  killMadeSince,
  killOne,
  killOneTime,
  livingOf,
  newestOf,
  spend,
  spendActivation,
  triesAt,
  useOnce,
  wasMadeSince,
} from './store.ts'
export { isTemporaryPassword, issueTemporaryPassword, spendTemporaryPassword } from './temporary-password.ts'
export { againRule, mayGo, tooSoon, type Resent } from './resend.ts'
export { linkRecords } from './records.ts'
