import { notice } from '../../../src/tenancy/notice.ts'
import { takeDownSince } from './store.ts'

/** Somebody wrote a note in their name. Where it was not them, it is taken down. */
export const boardNotices = {
  posted: notice('noteInYourName', {
    undo: async (context, accountId, moment) => ({
      away: (await takeDownSince(context, accountId, moment)) ? ['note'] : [],
      back: [],
    }),
  }),
}
