import { digest } from '../../platform/crypto/encryption.ts'
import type { TypedForm } from '../../tenancy/input.ts'
import type { Context } from '../../tenancy/context.ts'
import { tables } from '../../platform/db/tables.ts'
import { FormDraft } from './form-draft.ts'

const db = tables(FormDraft)

/** How long a draft is kept. */
const lifetime = 'PT1H'
/** A form larger than this is not kept, in bytes. */
const mostBytes = 32_768
/** So many drafts somebody has at once; an older one makes room. */
const most = 5

/** What became of what was typed. */
export type DraftResult = 'kept' | 'nothing' | 'tooLarge'

/** A draft can be opened as what it is only: by this account, on this page. */
const rowOf = (id: string, accountId: string, page: string) => [id, accountId, page].join(' ')

/** How a browser names a page of which it has a draft: short, as it carries this along. */
const nameOf = (page: string) => digest(page).slice(0, 16)

/** Which draft this browser has for which page. An earlier release named pages by their address. */
function draftsHere(context: Context): Record<string, string> {
  const carried = JSON.parse(context.browser.get('drafts') ?? '{}') as Record<string, string>
  return Object.fromEntries(
    Object.entries(carried).map(([page, id]) => [page.startsWith('/') ? nameOf(page) : page, id]),
  )
}

function remember(context: Context, drafts: Record<string, string>): void {
  const newest = Object.entries(drafts).slice(-most)
  if (newest.length) context.browser.set('drafts', JSON.stringify(Object.fromEntries(newest)))
  else context.browser.delete('drafts')
}

/** Keeps what was typed for this account, until this browser shows the page again to the same person. */
export async function keepDraft(
  context: Context,
  accountId: string,
  { page, fields }: TypedForm,
): Promise<DraftResult> {
  const text = JSON.stringify(fields)
  if (!Object.values(fields).some((value) => value !== '')) return 'nothing'
  if (Buffer.byteLength(text) > mostBytes) return 'tooLarge'
  const id = crypto.randomUUID()
  await context.transaction(async (inner) => {
    await inner.query('select from account where id = ? for no key update', [accountId])
    await inner.query(
      'delete from form_draft where account_id = ? and id not in (select id from form_draft where account_id = ? order by expires_at desc, id limit ?)',
      [accountId, accountId, most - 1],
    )
    await inner.query('insert into form_draft (tenant_id, id, account_id, fields, expires_at) values (?, ?, ?, ?, ?)', [
      inner.tenant.id,
      id,
      accountId,
      inner.tenant.vault.seal(inner.place('form_draft', 'fields', rowOf(id, accountId, page)), text),
      inner.from(lifetime),
    ])
  })
  const { [nameOf(page)]: _replaced, ...others } = draftsHere(context)
  remember(context, { ...others, [nameOf(page)]: id })
  return 'kept'
}

/** What this person had typed on the page they ask for now: once, and gone from here on. Null when there is nothing. */
export async function takeDraft(context: Context): Promise<Record<string, string> | null> {
  const { [nameOf(context.facts.path)]: id, ...others } = draftsHere(context)
  if (!id || !context.person) return null
  const row = await context.one<{ fields: string; expires_at: string }>(
    'delete from form_draft where id = ? and account_id = ? returning fields, expires_at',
    [id, context.person.id],
  )
  // Somebody else's stays where it is, for the person it belongs to.
  if (!row) return null
  remember(context, others)
  if (new Date(row.expires_at) <= context.at) return null
  const text = context.unseal('form_draft', 'fields', rowOf(id, context.person.id, context.facts.path), row.fields)
  return text === null ? null : (JSON.parse(text) as Record<string, string>)
}

/** Wipes what nobody came back for. */
export async function sweepDrafts(context: Context): Promise<Date | null> {
  await context.query('delete from form_draft where expires_at <= ?', [context.at])
  const left = await db(context)
    .selectFrom('form_draft')
    .select((eb) => eb.fn.min<Date | null>('expires_at').as('at'))
    .executeTakeFirst()
  return left?.at ?? null
}

/**
 * The session this browser had, by the digest it was known by: over by now, or the same one under an earlier id. Null for
 * an id that PostgreSQL knows no more, because the session went on under another. `owner` is null for one that never got
 * past the second step, and of an account that is blocked.
 */
export async function formerSession(context: Context, digest: string): Promise<{ owner: string | null } | null> {
  return context.one(
    `select case when s.level <> 'secondStep' and a.blocked_at is null then s.account_id end as owner
     from portal_session s join account a on a.tenant_id = s.tenant_id and a.id = s.account_id where s.digest = ?`,
    [digest],
  )
}
