export { noticeMails, sendNotice } from './notices.ts'
export { noticesPolicy, type NoticeName } from './policy.ts'
