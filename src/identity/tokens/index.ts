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
  killOneTime,
  openHeld,
  putLink,
  sealHeld,
  spend,
  type AliveLink,
  type LinkState,
} from './links.ts'
export { OneTime, type Purpose } from './one-time.ts'
export { againRule, mayGo, tooSoon, type Resent, type TooSoon } from './resend.ts'
