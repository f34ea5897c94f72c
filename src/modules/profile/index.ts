export { killWaysIn } from './act.ts'
