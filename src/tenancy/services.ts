import type { MikroORM } from '@mikro-orm/postgresql'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Hasher } from '../platform/crypto/password-hash.ts'
import type { Limits } from '../platform/limits/limits.ts'
import type { Log } from '../platform/log/log.ts'
import type { Metrics } from '../platform/log/metrics.ts'
import type { Kind } from '../platform/outbox/message.ts'
import type { Modules } from './compose.ts'
import type { Presentation } from './presentation.ts'
import type { Tenant, Tenants } from './tenants.ts'

/** The machines and the firms of this installation, made once in `main.ts`. */
export interface Services {
  config: Config
  clock: Clock
  log: Log
  orm: MikroORM
  hasher: Hasher
  limits: Limits
  metrics: Metrics
  /** Passwords known to have leaked, where the operator has such a list. */
  leaked: { has(password: string): boolean } | null
  /** What the portal is made of. */
  modules: Modules
  tenants: Tenants
  /** The pages, words and pictures of a firm: its own where it has them; of the installation itself with null. */
  presentation(tenant: Tenant | null): Presentation
  /** A keyed digest that is the same at every firm: for limits that hold across firms and tell nothing. */
  keyedDigest(purpose: string, value: string): string
  /**
   * Says that something of these kinds is waiting in the outbox; delivery looks at once instead of at the next sweep.
   */
  wakeOutbox(kinds: Iterable<Kind>): void
  /** Says that a firm's log got longer, so that its end is anchored outside the database. */
  logged(tenantId: string): void
  /** Anchors the end of a firm's log now. */
  anchorLog(tenantId: string): Promise<void>
}
