import type { Context } from '../../tenancy/context.ts'
import { foldUsername, hasUsernames, insertAccount, readEmail, type Account } from '../../identity/accounts/index.ts'
import { factorsOf } from '../../identity/factors/index.ts'
import { putFinished } from '../../identity/flow/index.ts'
import { seedsOf, type InventedPerson } from '../../tenancy/seed.ts'
import { secondOf } from './invented.ts'

/** How long ago an invented person came, and was here before. */
const past = { came: 'P21D', seen: 'P3D' }

/**
 * Makes an account that can sign in, together with what somebody in that state has: of every module what it says in its
 * `seed`; and who is active has finished the activation, with a confirmed phone or an authenticator app where that
 * leaves people with one.
 * @param has.secret of the app, base 32
 */
export async function seedPerson(
  context: Context,
  person: InventedPerson,
  { password, number, secret }: { password: string; number: string; secret: string },
): Promise<void> {
  const passwordHash = await context.services.hasher.hashPassword(password)
  await context.transaction(async (inner) => {
    const account = await makeAccount(inner, person, passwordHash)
    // Set up when they came, like everything else of theirs.
    const since = inner.ago(past.came)
    if (person.state === 'active') {
      const second = secondOf(inner.services, inner.policy, person)
      await factorsOf(inner).find(second)?.invented?.give(inner, account.id, { number, secret }, since)
    }
    for (const { person: give } of seedsOf(inner)) await give?.(inner, person, { id: account.id, since })
    if (person.state === 'active') await putFinished(inner, account.id, 'activation', since)
  })
}

async function makeAccount(context: Context, person: InventedPerson, passwordHash: string): Promise<Account> {
  const email = readEmail(person.email)
  if (!email.ok) throw new Error(`${person.email} is no e-mail address`)
  const id = crypto.randomUUID()
  const came = context.ago(past.came)
  const username = hasUsernames(context.policy) ? foldUsername(person.username ?? person.name) : null
  const { birthDate } = person
  const known = {
    id,
    kind: person.kind,
    name: person.name,
    email: email.address,
    email_lookup: email.lookup,
    username,
    username_lookup: username,
    role: person.role ?? null,
    organisation_id: null,
    birth_date: birthDate
      ? context.tenant.vault.seal(context.associatedData('account', 'birth_date', id), birthDate)
      : null,
    language: person.language ?? context.language,
    password_hash: passwordHash,
    password_set_at: came,
    password_version: context.tenant.version,
    activated_at: came,
    last_sign_in_at: context.ago(past.seen),
  }
  return insertAccount(context, known, came)
}
