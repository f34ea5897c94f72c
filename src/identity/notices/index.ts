export { sendNotice } from './notices.ts'
