import { rowsOf } from '../../tenancy/records.ts'
import { OneTime } from './one-time.ts'

/** The links and codes that were made for somebody; never what they are. */
export const linkRecords = rowsOf(OneTime, 'one_time', {
  name: 'links',
  starts: 'made',
  shows: ['purpose', 'created_at', 'expires_at', 'used_at', 'dead_at'],
  order: 'created_at',
})
