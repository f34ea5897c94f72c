import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { rowsOf, type RecordKind } from '../../tenancy/records.ts'
import { FlowProgress, StepMark } from './entities.ts'

const db = tables(FlowProgress, StepMark)

const flows = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('run')
    .select((eb) => [
      'run.track as flow',
      'run.started_at',
      'run.finished_at',
      'run.ended_at',
      jsonArrayFrom(
        eb
          .selectFrom('step_mark')
          .select(['step_mark.step', 'step_mark.outcome', 'step_mark.at'])
          .whereRef('step_mark.run_id', '=', 'run.id')
          .orderBy('step_mark.at'),
      ).as('steps'),
    ])
    .where('run.account_id', '=', accountId)
    .orderBy('run.started_at')
    .execute()

/**
 * The flows somebody went through, with what they did at which step; what waits for the rest of its form is encrypted.
 */
export const flowRecords: RecordKind = {
  ...rowsOf(FlowProgress, 'run', {
    name: 'flows',
    with: ['step_mark', 'staged'],
    starts: 'made',
    shows: ['track', 'started_at', 'finished_at', 'ended_at'],
    order: 'started_at',
  }),
  export: flows,
}
