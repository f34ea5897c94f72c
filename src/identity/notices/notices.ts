import { putLink } from '../tokens/index.ts'
import { sendMail, type Recipient } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import { noticeNames, noticesPolicy, type NoticeName } from './policy.ts'
import { mailKind, type MailKind } from '../../tenancy/mail-kind.ts'

/** How long "was this not you?" works. */
const notMe = 'P7D'

const named = (notice: NoticeName) => [notice, mailKind(notice, ['name', 'lifetime'], { family: 'notice' })] as const
/** Each notice as a mail. `lifetime`: of the link in it. */
export const noticeMails = Object.fromEntries(noticeNames.map(named)) as Record<
  NoticeName,
  MailKind<'name' | 'lifetime'>
>

/**
 * Tells somebody by mail that something about the safety of their account changed, where the firm's policy says so.
 * "Was this not you?" is a link that knows to which address it went. Call inside the transaction of the act.
 */
export async function sendNotice(
  context: Context,
  to: Recipient & { name: string },
  notice: NoticeName,
): Promise<void> {
  if (!context.policy.of(noticesPolicy).includes(notice)) return
  const token = await putLink(context, to.id, 'notMe', notMe, to.email)
  await sendMail(context, to, {
    kind: noticeMails[notice],
    link: `/profile/not-me/${token}`,
    params: {
      name: to.name,
      // Types of the language still give it the options of a date; ECMA-402 gives it those of a duration.
      lifetime: Temporal.Duration.from(notMe).toLocaleString(to.language, { style: 'long' } as never),
    },
  })
}
