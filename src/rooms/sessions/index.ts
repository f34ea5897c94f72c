export { Session, TrustedComputer, type SessionLevel, type Via } from './session.ts'
export { beginSession, endSession, raiseSession, chooseFactor, recognise } from './sessions.ts'
export { isTrusted, trustComputer, trustAgain } from './trusted.ts'
