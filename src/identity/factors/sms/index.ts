/** What other modules may do with somebody's number. */
export { phoneActions } from './audit-actions.ts'
export { phoneNotices } from './notices.ts'
export {
  answerNumber,
  askNumber,
  enrolPhone,
  isWaiting,
  numberAsked,
  numberWithCode,
  type NumberWaiting,
} from './enrol.ts'
export { mayText } from './factor.ts'
export { phoneRow } from './row.ts'
export { numberOf, phones, savePhone } from './store.ts'
export { smsTask } from './tasks.ts'
