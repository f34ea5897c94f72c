export { allow, visible } from './permissions.ts'
