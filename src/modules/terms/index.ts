export { accept, acceptedBy, keepAcceptance, termsOf, type Accepted } from './terms.ts'
