import { createHash } from 'node:crypto'
import pg from 'pg'
import { createHasher } from '../../src/platform/crypto/password-hash.ts'
import { createKeyRing, randomToken } from '../../src/platform/crypto/encryption.ts'
import { masterKey } from './product.ts'

/** Everybody's. Meets the rules of the strictest policy. */
export const password = 'blauwe?fiets-op-zolder'

/** The hash of everybody's password, as the product makes it: it can be given to as many people as are wanted. */
export const passwordHash = (): Promise<string> =>
  createHasher({ ring: createKeyRing(masterKey) }).hashPassword(password)

export const username = (nth: number): string => `klant.${nth}`
export const email = (nth: number): string => `klant-${nth}@proef.example`
/** The number of the nth active person: of every hundred the last fifteen are not. */
export const nthActive = (nth: number): number => Math.floor(nth / 85) * 100 + (nth % 85)
/** Of the firm's own people. */
export const staff = { username: 'mede.werker', email: 'mede.werker@proef.example' }

const first = ['Roos', 'Daan', 'Fatima', 'Joris', 'Noor', 'Yusuf', 'Marijke', 'Thomas', 'Ilse', 'Bram', 'Sanne']
const last = ['Lammers', 'Oosting', 'de Vries', 'Verhulst', 'Bakkali', 'van den Brink', 'Kuipers', 'Zijlstra', 'Haan']
/** Beginning with these letters is how one of many is looked for. */
export const someName = 'Zijlstra 12'

/** Where everybody is with the firm: of 100 people 85 are active, 5 invited, 5 too late, and so on. */
const people = `
  insert into account (tenant_id, id, kind, name, email, email_lookup, username, username_lookup, language,
    password_hash, password_set_at, password_version, created_at, activated_at, blocked_at, last_sign_in_at, previous_sign_in_at)
  select t.id, gen_random_uuid(), 'client', ($3::text[])[1 + n % 11] || ' ' || ($4::text[])[1 + n % 9] || ' ' || n,
    'klant-' || n || '@proef.example', 'klant-' || n || '@proef.example', 'klant.' || n, 'klant.' || n, 'nl',
    case when n % 100 < 85 then $5 end, now() - interval '90 days', 1, now() - interval '90 days' - n * interval '1 second',
    case when n % 100 < 85 then now() - interval '80 days' - n * interval '1 second' end,
    case when n % 100 = 95 then now() - interval '10 days' end,
    case when n % 100 < 85 then now() - interval '3 days' - n * interval '1 second' end,
    case when n % 100 < 85 then now() - interval '9 days' - n * interval '1 second' end
  from tenant t, generate_series($2::int, $1::int) n where t.slug = 'linde'`

const invitations = `
  insert into one_time (tenant_id, id, purpose, account_id, digest, created_at, expires_at, used_at, dead_at)
  select a.tenant_id, gen_random_uuid(), 'activation', a.id, md5(a.id::text), a.created_at,
    case when n % 100 between 85 and 89 then now() + interval '5 days' else a.created_at + interval '14 days' end,
    a.activated_at, case when n % 100 = 96 then a.created_at + interval '1 day' end
  from (select *, substr(username, 7)::int as n from account where username like 'klant.%') a where n % 100 <> 97`

const codes = `
  insert into one_time (tenant_id, id, purpose, account_id, target, digest, created_at, expires_at, used_at, tries_allowed)
  select tenant_id, gen_random_uuid(), 'signInCode', id, md5(email), md5(email || id), last_sign_in_at, last_sign_in_at, last_sign_in_at, 5
  from account where last_sign_in_at is not null`

const onboardings = `
  insert into run (tenant_id, id, account_id, track, policy_version, started_at, finished_at)
  select tenant_id, gen_random_uuid(), id, 'activation', 1, activated_at, activated_at from account where activated_at is not null`

const sessions = `
  insert into portal_session (tenant_id, id, digest, account_id, level, via, started_at, last_seen_at, ends_at, revoked_at, browser)
  select tenant_id, gen_random_uuid(), md5(id::text), id, 'signedIn', 'own', last_sign_in_at, last_sign_in_at, last_sign_in_at, last_sign_in_at, ''
  from account where last_sign_in_at is not null`

/**
 * A log of a hundred days, however many people there are: each line is chained to the one before, so they are made one
 * by one.
 */
const log = `
  insert into audit_line (tenant_id, seq, at, actor, action, subject, outcome, detail, prev_hash, hash)
  select tenant_id, 0, last_sign_in_at, id, 'signIn.done', id, 'done', '{}', '', ''
  from account where last_sign_in_at is not null order by last_sign_in_at limit 5000`

const member = `
  insert into account (tenant_id, id, kind, name, email, email_lookup, username, username_lookup, language,
    password_hash, password_set_at, password_version, created_at, activated_at, last_sign_in_at)
  select id, gen_random_uuid(), 'staff', 'Mede Werker', $1, $1, $2, $2, 'nl', $3, now() - interval '90 days', 1,
    now() - interval '90 days', now() - interval '90 days', now() - interval '90 days' from tenant where slug = 'linde'`

const invited = `
  with new as (
    insert into account (tenant_id, id, kind, name, email, email_lookup, username, username_lookup, language, created_at)
    select id, gen_random_uuid(), 'client', 'Nieuw ' || $1, $1, $1, null, null, 'nl', now() from tenant where slug = 'stap'
    returning tenant_id, id)
  insert into one_time (tenant_id, id, purpose, account_id, digest, created_at, expires_at)
  select tenant_id, gen_random_uuid(), 'activation', id, $2, now(), now() + interval '14 days' from new`

async function on(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await work(client).finally(() => client.end())
}

/**
 * Fills `linde` with so many people and one of the firm's own, each with what somebody leaves behind who is here a
 * while.
 * @param url past row-level security
 */
export const seedPeople = (url: string, many: number): Promise<void> =>
  on(url, async (client) => {
    const hash = await passwordHash()
    await client.query(people, [many, 1, first, last, hash])
    await client.query(member, [staff.email, staff.username, hash])
    for (const statement of [invitations, codes, onboardings, sessions, log]) await client.query(statement)
    await client.query('vacuum analyze')
  })

/** Invites somebody to `stap`. @returns the link's path, and the address it was sent to */
export async function seedInvited(url: string, nth: number): Promise<{ path: string; email: string }> {
  const [token, to] = [randomToken(), `nieuw-${nth}@proef.example`]
  const digest = createHash('sha256').update(token).digest('hex')
  await on(url, async (client) => void (await client.query(invited, [to, digest])))
  return { path: `/activation/${token}`, email: to }
}

/** A copy of the people with the indexes a good list and a good search want, for the reference to read. */
export const copyPeople = (url: string): Promise<void> =>
  on(url, async (client) => {
    await client.query(`
      create schema if not exists reference;
      create extension if not exists pg_trgm;
      create table reference.account as select *, lower(name) as sorted,
        lower(name) || ' ' || email_lookup || ' ' || coalesce(username, '') as looked_in from account;
      create index on reference.account (tenant_id, sorted, id);
      create index on reference.account using gin (looked_in gin_trgm_ops)`)
    await client.query('vacuum analyze reference.account')
  })
