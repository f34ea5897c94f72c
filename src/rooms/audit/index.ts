export { audit, firstBadLine } from './audit.ts'
