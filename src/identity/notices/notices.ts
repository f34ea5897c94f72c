import { putLink } from '../tokens/index.ts'
import { sendMail, type Recipient } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Notice, Undone } from '../../tenancy/notice.ts'
import { noticesPolicy } from './policy.ts'

/** How long "was this not you?" works. */
const notMe = 'P7D'

/**
 * Tells somebody by mail that something about the safety of their account changed, where the firm's policy says so.
 * "Was this not you?" is a link that knows to which address it went. Call inside the transaction of the act.
 */
export async function sendNotice(context: Context, to: Recipient & { name: string }, notice: Notice): Promise<void> {
  if (!context.policy.of(noticesPolicy).includes(notice.purpose)) return
  const token = await putLink(context, to.id, 'notMe', notMe, to.email)
  await sendMail(context, to, {
    kind: notice,
    link: `/profile/not-me/${token}`,
    params: {
      name: to.name,
      // Types of the language still give it the options of a date; ECMA-402 gives it those of a duration.
      lifetime: Temporal.Duration.from(notMe).toLocaleString(to.language, { style: 'long' } as never),
    },
  })
}

/**
 * Undoes what notices tell of, from a moment on, in the caller's transaction: whatever was changed since, of whichever
 * module; also of one that is off by now, since it may come back.
 */
export async function undoSince(context: Context, accountId: string, moment: Date): Promise<Undone> {
  const undone: Undone = { away: [], back: [] }
  for (const undo of new Set(context.services.modules.notices.flatMap((notice) => notice.undo ?? []))) {
    const { away, back } = await undo(context, accountId, moment)
    undone.away.push(...away)
    undone.back.push(...back)
  }
  return undone
}
