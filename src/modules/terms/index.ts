export { keepAcceptance } from './terms.ts'
