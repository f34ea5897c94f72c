import { digest } from '../../platform/crypto/encryption.ts'
import type { TypedForm } from '../../tenancy/input.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockAccount } from '../accounts/index.ts'
import { insertDraft, makeRoom, nextEnd, takeOne, wipeDrafts } from './draft-store.ts'
import { findOwner } from './store.ts'

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
export async function saveDraft(
  context: Context,
  accountId: string,
  { page, fields }: TypedForm,
): Promise<DraftResult> {
  const text = JSON.stringify(fields)
  if (!Object.values(fields).some((value) => value !== '')) return 'nothing'
  if (Buffer.byteLength(text) > mostBytes) return 'tooLarge'
  const id = crypto.randomUUID()
  await context.transaction(async (inner) => {
    await lockAccount(inner, accountId, 'no key update')
    await makeRoom(inner, accountId, most - 1)
    await insertDraft(inner, {
      id,
      account_id: accountId,
      fields: inner.tenant.vault.seal(inner.associatedData('form_draft', 'fields', rowOf(id, accountId, page)), text),
      expires_at: inner.from(lifetime),
    })
  })
  const { [nameOf(page)]: _replaced, ...others } = draftsHere(context)
  remember(context, { ...others, [nameOf(page)]: id })
  return 'kept'
}

/** What this person had typed on the page they ask for now: once, and gone from here on. Null when there is nothing. */
export async function takeDraft(context: Context): Promise<Record<string, string> | null> {
  const { [nameOf(context.facts.path)]: id, ...others } = draftsHere(context)
  if (!id || !context.person) return null
  const row = await takeOne(context, context.person.id, id)
  // Somebody else's stays where it is, for the person it belongs to.
  if (!row) return null
  remember(context, others)
  if (row.expires_at <= context.at) return null
  const text = context.unseal('form_draft', 'fields', rowOf(id, context.person.id, context.facts.path), row.fields)
  return text === null ? null : (JSON.parse(text) as Record<string, string>)
}

/** Wipes what nobody came back for. */
export async function sweepDrafts(context: Context): Promise<Date | null> {
  await wipeDrafts(context)
  return nextEnd(context)
}

/**
 * The session this browser had, by the digest it was known by: over by now, or the same one under an earlier id. Null for
 * an id that PostgreSQL knows no more, because the session went on under another. `owner` is null for one that never got
 * past the second step, and of an account that is blocked.
 */
export const formerSession = async (context: Context, digest: string): Promise<{ owner: string | null } | null> =>
  (await findOwner(context, digest)) ?? null
