import { sql, type AliasableExpression, type Expression } from 'kysely'
import { jsonObjectFrom } from 'kysely/helpers/postgres'
import { tables } from '../../platform/db/tables.ts'
import { Account } from './account.ts'
import { SecretQuestion } from './secret-question.ts'

/** What other stores put into their statements about accounts; nothing here runs by itself. */
const { fragment } = tables(Account, SecretQuestion)

/**
 * Accounts as a source for others' statements, without what somebody signs in with: `.innerJoin(people.as('a'), …)` or
 * `.selectFrom(people.as('a'))`. PostgreSQL reads it as the table itself, so indexes and `for update` work as they do
 * there.
 */
export const people = fragment
  .selectFrom('account')
  .select([
    'account.tenant_id',
    'account.id',
    'account.kind',
    'account.name',
    'account.email',
    'account.email_lookup',
    'account.username',
    'account.username_lookup',
    'account.role',
    'account.organisation_id',
    'account.language',
    'account.password_set_at',
    'account.created_at',
    'account.activated_at',
    'account.blocked_at',
    'account.last_sign_in_at',
    'account.previous_sign_in_at',
    'account.told_at',
    'account.mail_failed_at',
    'account.invite_after',
    'account.known_elsewhere',
    'account.invitation',
    'account.invitation_ends_at',
    'account.sought',
  ])
  .select((eb) => eb('account.password_hash', 'is not', null).as('has_password'))

/**
 * Ids of at most so many people in whose name, address or user name there is something like this, in no order: a
 * source. Behind row-level security no index can look for a piece of a text, so a function does, which keeps to the
 * firm as the wall does (see the migration `search`).
 */
export const peopleLike = (pattern: Expression<string>, most: number) =>
  fragment
    .selectFrom((eb) => eb.fn<{ id: string }>('search.people', [pattern, sql.lit(most)]).as('found'))
    .select('found.id')

/** Under a name of its own: the statement around may select from accounts too. */
const row = (id: Expression<string>) => fragment.selectFrom('account as somebody').where('somebody.id', '=', id)

/** The language an account is spoken to in: a piece for any statement that knows its id, as are those below. */
export const languageOf = (id: Expression<string>): AliasableExpression<'nl' | 'en' | null> =>
  row(id).select('somebody.language').$asScalar()

/** What an account is called, null where it is blocked. */
export const nameUnlessBlocked = (id: Expression<string>): AliasableExpression<string | null> =>
  row(id).select('somebody.name').where('somebody.blocked_at', 'is', null).$asScalar()

/** The hash of an account's password. */
export const passwordHashOf = (id: Expression<string>): AliasableExpression<string | null> =>
  row(id).select('somebody.password_hash').$asScalar()

/** When the password was chosen. */
export const passwordSetAt = (id: Expression<string>): AliasableExpression<Date | null> =>
  row(id).select('somebody.password_set_at').$asScalar()

/** Whether an account is one of the firm's own people, staff or administrator; null for an account nobody has. */
export const isOwnPeople = (id: Expression<string>): AliasableExpression<boolean | null> =>
  row(id)
    .select((eb) => eb('somebody.kind', '<>', sql.lit('client')).as('own'))
    .$castTo<{ own: boolean | null }>()
    .$asScalar()

/** Whether somebody has a secret question. */
export const hasSecretQuestion = (account: Expression<string>): AliasableExpression<boolean> =>
  fragment.exists(
    fragment
      .selectFrom('secret_question')
      .select('secret_question.account_id')
      .where('secret_question.account_id', '=', account),
  ) as AliasableExpression<boolean>

/** People the firm has not closed out: in, or expected. A source, as are those below. */
export const openPeople = people.where('account.blocked_at', 'is', null)
/** Who is in. */
export const activePeople = openPeople.where('account.activated_at', 'is not', null)
/** Who is expected, whether invited already or not. */
export const expectedPeople = openPeople.where('account.activated_at', 'is', null)
/** People whose mail comes back and who could do with it. */
export const unreachablePeople = openPeople.where('account.mail_failed_at', 'is not', null)

/** How many these are. */
export const howMany = (of: typeof people): AliasableExpression<number> =>
  fragment
    .selectFrom(of.as('a'))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .$asScalar()

/** Whether somebody has a password, and by which version of the firm's choices it was last seen to be good enough. */
export const passwordFact = (
  id: Expression<string>,
): Expression<{ password: boolean; version: number | null } | null> =>
  jsonObjectFrom(
    row(id)
      .select((eb) => [
        eb('somebody.password_hash', 'is not', null).as('password'),
        'somebody.password_version as version',
      ])
      .$castTo<{ password: boolean; version: number | null }>(),
  )
