export {
  hashed,
  passwordAsked,
  passwordMistakes,
  storePassword,
  type Choosing,
  type PasswordAsked,
  type TypedPassword,
} from './new-password.ts'
export { passwordSample } from './sample.ts'
