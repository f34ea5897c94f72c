export { allow, visible, visibleText } from './permissions.ts'
