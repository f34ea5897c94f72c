export {
  hashed,
  passwordAsked,
  passwordMistakes,
  storePassword,
  type Choosing,
  type PasswordAsked,
  type TypedPassword,
} from './new-password.ts'
export { passwordNotices } from './notices.ts'
export { passwordSample } from './sample.ts'
