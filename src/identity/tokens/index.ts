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
export { countTryAt, hold, killOne, killOneTime, livingOf, spend, useOnce } from './store.ts'
export { againRule, mayGo, tooSoon, type Resent, type TooSoon } from './resend.ts'
