import { rowsOf } from '../../tenancy/records.ts'
import { RecoveryRequest } from './entities.ts'

/** What somebody asked who lost everything they sign in with. */
export const requestRecords = rowsOf(RecoveryRequest, 'recovery_request', {
  name: 'recoveries',
  starts: 'made',
  shows: ['kind', 'asked_at', 'due_at', 'done_at', 'cancelled_at', 'ended_at'],
  order: 'asked_at',
})
