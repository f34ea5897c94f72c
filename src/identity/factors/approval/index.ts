/** What other modules may do with approving devices and their questions. */
export {
  addDeviceHere,
  deviceHere,
  devicesHere,
  ownDevices,
  removeDevice,
  renameDevice,
  type DeviceHere,
  type OwnDevice,
} from './devices.ts'
export { findJoin, joinOffered, offerJoin, spendJoin, type Join, type JoinLink } from './joining.ts'
export { forgetSubscription, keepSubscription } from './push.ts'
export { answerQuestion, endQuestions, openQuestion, stillWaits, sweepApprovals, type Question } from './questions.ts'
