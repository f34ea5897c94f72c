import { rowsOf } from '../../tenancy/records.ts'
import { TermsAcceptance } from './entity.ts'

/** The versions of the terms somebody agreed to. */
export const termsRecords = rowsOf(TermsAcceptance, 'terms_acceptance', {
  name: 'terms',
  starts: 'accountClosed',
  shows: ['version', 'language', 'accepted_at'],
  order: 'accepted_at',
})
