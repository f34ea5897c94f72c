import { z } from 'zod'
import { record } from '../../../src/identity/audit/index.ts'
import { sendNotice } from '../../../src/identity/notices/index.ts'
import { allow } from '../../../src/identity/permissions/index.ts'
import { again, page, see, type Page } from '../../../src/platform/http/answer.ts'
import type { PersonContext } from '../../../src/tenancy/context.ts'
import { sendMail } from '../../../src/tenancy/outbox.ts'
import { get, line, nothing, post, type Route } from '../../../src/tenancy/route.ts'
import { boardActions } from './audit-actions.ts'
import { notePostedMail } from './mails.ts'
import { boardNotices } from './notices.ts'
import { readNotes, writeNotes } from './permissions.ts'
import { allNotes, putUp } from './store.ts'
import { boardView } from './views.ts'

const board = async (context: PersonContext): Promise<Page> =>
  page(boardView, { notes: await allNotes(context), writes: allow(context, writeNotes) })

export const routes: Route[] = [
  get('/', readNotes, nothing, board),
  post('/', writeNotes, z.strictObject({ text: line() }), async (context, { text }) => {
    if (!text) return again(await board(context), { text: { key: 'noticeboard.empty' } })
    await context.transaction(async (inner) => {
      await putUp(inner, inner.person.id, text)
      await sendNotice(inner, inner.person, boardNotices.posted)
      await record(inner, boardActions.putUp, { detail: { length: String(text.length) } })
      await sendMail(inner, inner.person, { kind: notePostedMail, params: { name: inner.person.name } })
    })
    return see('/noticeboard')
  }),
]
