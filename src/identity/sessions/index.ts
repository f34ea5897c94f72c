export { Session, TrustedComputer } from './session.ts'
export {
  beginSession,
  endSession,
  raiseSession,
  chooseFactor,
  endHalfWay,
  replaceHalfWay,
  isFresh,
  mayEnrol,
} from './sessions.ts'
export { recognise } from './recognise.ts'
export * from './own-sessions.ts'
export {
  distrustAll,
  distrustOne,
  isTrusted,
  trustComputer,
  trustAgain,
  trustedComputers,
  type OwnComputer,
} from './trusted.ts'
export { FormDraft } from './form-draft.ts'
export { formerSession, saveDraft, sweepDrafts, takeDraft } from './form-drafts.ts'
export { endEverywhere } from './everywhere.ts'
export { killWaysIn } from './ways-in.ts'
export { KnownBrowser, SignInAlarm } from './browser-entities.ts'
export { alarms, takeAlarm } from './browser-store.ts'
export { countSessions, endSessions } from './account-store.ts'
export { knowBrowser, knownAs, sweepBrowsers } from './known-browser.ts'
export { sessionRecords } from './records.ts'
export { countTry, type Turn } from './tries.ts'
export { deviceWords } from './device-words.ts'
export { sessionActions } from './audit-actions.ts'
