import { heldClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { Account, type Kind } from '../../src/identity/accounts/index.ts'
import { requirementFactsOf } from '../../src/identity/requirements/index.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { Context, type Person, type PersonContext, type SessionFacts } from '../../src/tenancy/context.ts'
import type { Tenant } from '../../src/tenancy/tenants.ts'
import { openPortal, type Portal } from '../../src/services.ts'
import { freshDatabase } from './database.ts'
import { loadedTenants, named } from './portal.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rowIn } from './rows.ts'

/**
 * The installation on a database of its own, for tests that call the modules' functions without a request. Its clock
 * stands still.
 */
export interface QuietPortal extends Portal {
  /** The firms, loaded. */
  tenants: readonly Tenant[]
  tenant(slug: string): Tenant
  /** A request to a firm, by nobody or by somebody signed in. */
  context(slug: string): Context
  contextOf(slug: string, person: Person): PersonContext
  /** The same with what authorization knows of their account at this moment. */
  arrived(slug: string, person: Person): Promise<PersonContext>
  /** Puts somebody who is active into a firm. */
  person(slug: string, as: { kind: Kind; name: string; role?: string; organisationId?: string }): Promise<Person>
  /** Subject and text of every mail that went, after sending what waits; oldest first. */
  mails(slug: string): Promise<{ to: string; subject: string; text: string; html: string }[]>
}

const session: SessionFacts = {
  id: crypto.randomUUID(),
  level: 'signedIn',
  via: 'own',
  factor: null,
  authenticatedAt: null,
  signedInAt: new Date(0),
  startedAt: new Date(0),
  endsAt: new Date(8.64e15),
}

/** Opens it; `close` also removes the database. */
export async function quietPortal(at = '2026-11-20T10:00:00Z'): Promise<QuietPortal> {
  const database = await freshDatabase()
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-test-'))
  const config = readConfig({ DATA_DIR: folder })
  const open = await openPortal({
    config,
    clock: heldClock(at),
    log: createLog({ level: 'silent' }),
    databaseUrl: database.url,
  })
  const tenants = await loadedTenants(open)
  const tenant = (slug: string) => named(tenants, slug)
  const context = (slug: string) =>
    new Context({
      services: open.services,
      tenant: tenant(slug),
      now: open.services.clock.now(),
      em: emOf(open.services.orm, tenant(slug).id),
      language: 'nl',
      network: '192.0.2.7',
      agent: 'test',
      browser: { set: () => {}, flash: () => {}, get: () => null } as never,
      log: open.services.log,
      nonce: crypto.randomUUID(),
      background: false,
      part: false,
      path: '/',
    })
  return {
    ...open,
    tenants,
    tenant,
    context,
    contextOf: (slug, person) => Object.assign(context(slug), { person, session }) as PersonContext,
    async arrived(slug, person) {
      const here = context(slug)
      const moments = rowIn<Pick<Person, 'previousSignInAt' | 'mailFailedAt'>>(
        here,
        'select previous_sign_in_at as "previousSignInAt", mail_failed_at as "mailFailedAt" from account where id = ?',
        [person.id],
      )
      const now = { ...person, ...(await moments), requirementFacts: await requirementFactsOf(here, person.id) }
      return Object.assign(context(slug), { person: now, session }) as PersonContext
    },
    async person(slug, { kind, name, role, organisationId }) {
      const here = context(slug)
      const email = `${name.toLowerCase()}@${slug}.example`
      const account = here.em.create(Account, {
        tenantId: here.tenant.id,
        id: crypto.randomUUID(),
        kind,
        name,
        email,
        emailLookup: email,
        username: null,
        usernameLookup: null,
        role: role ?? null,
        organisationId: organisationId ?? null,
        birthDate: null,
        language: 'nl',
        passwordHash: null,
        passwordSetAt: null,
        createdAt: here.at,
        activatedAt: here.at,
        blockedAt: null,
        lastSignInAt: null,
        previousSignInAt: null,
      })
      await here.em.flush()
      return {
        id: account.id,
        kind,
        name,
        email,
        username: null,
        role: role ?? null,
        organisationId: organisationId ?? null,
        language: 'nl',
        previousSignInAt: null,
        mailFailedAt: null,
        requirementFacts: Object.fromEntries(open.services.modules.requirements.map((each) => [each.name, each.bare])),
      }
    },
    async mails(slug) {
      const waiting = () =>
        rowIn(context(slug), 'select from outbox_message where sent_at is null and failed_at is null')
      for (let sweep = 0; sweep < 20 && (await waiting()); sweep++) await open.sweepOutbox()
      return open.services.orm.em
        .fork()
        .execute(`select "to", subject, text, html from dev_message where tenant = ? and kind = 'mail' order by at`, [
          slug,
        ])
    },
    async close() {
      await open.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
