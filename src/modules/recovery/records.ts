import { rowsOf } from '../../tenancy/records.ts'
import { RecoveryRequest } from './entities.ts'

/** What somebody asked who lost everything they sign in with. Who of the firm said yes is in the firm's log. */
export const requestRecords = rowsOf(RecoveryRequest, 'recovery_request', {
  name: 'recoveries',
  with: ['recovery_release'],
  starts: 'made',
  shows: ['kind', 'asked_at', 'due_at', 'done_at', 'cancelled_at', 'ended_at'],
  order: 'asked_at',
})
