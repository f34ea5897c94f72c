export { sendNotice, undoSince } from './notices.ts'
export { noticesPolicy } from './policy.ts'
