/** What other modules may do with approving devices and their questions. */
export {
  addDeviceHere,
  devicesHere,
} from './devices.ts'
export { findJoin, joinOffered, offerJoin, spendJoin, type Join, type JoinLink } from './joining.ts'
export { forgetSubscription, saveSubscription } from './push.ts'
export { answerQuestion, endQuestions, openQuestion, stillWaits, sweepPrompts } from './questions.ts'
export { devicePromptActions } from './audit-actions.ts'
export { devicePromptNotices } from './notices.ts'
