export { isOwnPassword, type PasswordVerdict } from './own-password.ts'
