import { rowsOf } from '../../tenancy/records.ts'
import { FlowProgress } from './entities.ts'

/** The flows somebody went through; their marks and waiting values go with them. */
export const flowRecords = rowsOf(FlowProgress, 'run', {
  name: 'flows',
  starts: 'made',
  shows: ['track', 'started_at', 'finished_at', 'ended_at'],
  order: 'started_at',
})
