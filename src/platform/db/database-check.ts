import pg from 'pg'
import { patience } from './database.ts'
import type { Log } from '../log/log.ts'

const oldest = 15
/** Why a server may refuse or not be there: the code of Node or PostgreSQL (Appendix A), and what an operator can do. */
const reasons: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there: start PostgreSQL, or set DATABASE_URL to where it runs',
  ENOTFOUND: 'there is no such host: set DATABASE_URL to the right one',
  EAI_AGAIN: 'its name cannot be looked up now: see that the network works, or set DATABASE_URL to another host',
  ETIMEDOUT: 'it does not answer: see that it runs and that no firewall is in between',
  '28P01': 'it refuses the password: set DATABASE_URL to the right user and password',
  '28000': 'it refuses this user: set DATABASE_URL to another, or allow it in pg_hba.conf',
  '3D000': 'there is no such database: make it, or set DATABASE_URL to another',
  '57P03': 'it is still starting: try again in a moment',
  '53300': 'it has no connection left: raise its max_connections, or let fewer use it',
}

/** Where PostgreSQL is said to be, without the password. */
function place(url: string): string {
  const { hostname, port, pathname, username } = new URL(url)
  return `PostgreSQL at ${hostname}:${port || 5432}${pathname} as ${username || 'nobody in particular'} (DATABASE_URL)`
}

function words(url: string, error: unknown): string {
  const {
    code = '',
    message = '',
    errors = [],
  } = error as { code?: string; message?: string; errors?: { code?: string }[] }
  const known = [code, ...errors.map((each) => each.code ?? ''), /timeout/i.test(message) ? 'ETIMEDOUT' : ''].find(
    (each) => reasons[each],
  )
  return `${place(url)} cannot be used: ${known ? reasons[known] : message}.`
}

interface Facts {
  version: number
  role: string
  passesWalls: boolean
  /** Whose function looks for people by an index; null where there is none yet. */
  searches: string | null
}

async function look(url: string): Promise<Facts> {
  const client = new pg.Client({ connectionString: url, ...patience })
  try {
    await client.connect()
    const { rows } =
      await client.query<Facts>(`select current_setting('server_version_num')::int / 10000 as version, rolname as role, rolsuper or rolbypassrls as "passesWalls",
        (select pg_get_userbyid(proowner) from pg_proc where oid = to_regprocedure('search.people(text, integer)')) as searches
      from pg_roles where rolname = current_user`)
    return rows[0] as Facts
  } finally {
    await client.end().catch(() => {
      /* it was never there, or is gone already */
    })
  }
}

/**
 * Looks at the server before anything is done on it. A role that passes row-level security (PostgreSQL 5.9) is taken,
 * with a warning at every start: the modules work as another role, but what connects could read behind every wall. So
 * is a search without its index (migration `search`), which finds the same people and takes longer.
 * @throws Error in words that name DATABASE_URL, and never its password
 */
export async function inspectDatabase(url: string, log: Log): Promise<void> {
  const facts = await look(url).catch((error: unknown) => {
    throw new Error(words(url, error), { cause: error })
  })
  if (facts.version < oldest)
    throw new Error(`${place(url)} is version ${facts.version}; at least ${oldest} is needed.`)
  if (facts.passesWalls) {
    log.warn(
      `DATABASE_URL: the role ${facts.role} is a superuser or may pass row-level security, which keeps the firms apart. Use one that may not: alter role ${facts.role} nosuperuser nobypassrls, or make another and give it the database.`,
    )
  }
  if (facts.searches && facts.searches !== 'portal_search') {
    log.warn(
      `The function search.people belongs to ${facts.searches}, so a search for people reads everybody of the firm. Give it to its role, as the README says under "Backup and restore".`,
    )
  }
}
