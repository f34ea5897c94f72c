import type { MikroORM } from '@mikro-orm/postgresql'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import type { Hasher } from '../platform/hash.ts'
import type { Limits } from '../platform/limits.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Front } from './fronts.ts'
import type { Tenant, Tenants } from './tenants.ts'

/** The machines and the firms of this installation, made once in `main.ts`. */
export interface House {
  config: Config
  clock: Clock
  log: Log
  orm: MikroORM
  hasher: Hasher
  limits: Limits
  metrics: Metrics
  /** Passwords known to have leaked, where the operator has such a list. */
  leaked: { has(password: string): boolean } | null
  tenants: Tenants
  /** The pages, words and pictures of a firm: its own where it has them; of the house itself with null. */
  front(tenant: Tenant | null): Front
  /** A keyed digest that is the same at every firm: for limits that hold across firms and tell nothing. */
  blind(purpose: string, value: string): string
  /** Says that something is waiting in the outbox; delivery looks at once instead of at the next sweep. */
  nudge(): void
  /** Says that a firm's log got longer, so that its end is anchored outside the database. */
  logged(tenantId: string): void
}
