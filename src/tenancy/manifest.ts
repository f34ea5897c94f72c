import type { MigrationStep } from '../platform/db/database.ts'
import type { AuditAction } from './audit-action.ts'
import type { Context } from './context.ts'
import type { FactorKind, FactorKinds } from './factors.ts'
import type { Fragment } from './fragment.ts'
import type { NewsSource, Tab, TaskSource, Widget } from './home-parts.ts'
import type { MailKind } from './mail-kind.ts'
import type { Notice } from './notice.ts'
import type { Permission } from './permission.ts'
import type { Policy, PolicyCheck } from './policy.ts'
import type { RecordKind } from './records.ts'
import type { Route } from './route.ts'
import type { Samples } from './samples.ts'
import type { Section } from './section.ts'
import type { Requirement } from './requirement.ts'
import type { Seed } from './seed.ts'
import type { Services } from './services.ts'
import type { StepKind, StepKinds } from './steps.ts'

/** What the modules bring together, as far as routes depend on it. */
export interface Given {
  steps: StepKinds
  factors: FactorKinds
}

/**
 * Routes below one address. `aboutSigningIn`: people see and change there how they sign in, so every route asks a fresh
 * step-up unless it says why not. `inDevelopment`: not there in production.
 */
export interface Mount {
  address: string
  /**
   * Those of a form that shows whatever step somebody is at, or of lists of what factors there are, depend on these.
   */
  routes: Route[] | ((given: Given) => Route[])
  aboutSigningIn?: true
  inDevelopment?: true
}

/**
 * What happens by itself. `when` is a cron expression, to the minute; the name is kept in the database's schedule.
 * `atInstallation` is done once for all. `atFirm` is done, each in a context of its own, at the firms that have something
 * for it: where a row was written whose table has a trigger `notice_work('<name>', '<column>')` (made in a migration), from
 * the moment in that column on; where other choices than before were published; and at the moment it answered itself.
 * Null: it need not come again before something new is there. What fails is tried again a minute later. `follows`: what
 * is done follows from choices and not from a row; it is looked at from the first ones on, where they want it.
 */
export type Job = { name: string; when: string } & (
  | { atFirm: (context: Context) => Promise<Date | null>; follows?: (policy: Policy) => boolean }
  | { atInstallation: (services: Services) => Promise<void> }
)

/** An entity of MikroORM, as far as a list of them is concerned. */
export interface AnyEntity {
  name: string
  tableName?: string
}

/**
 * What a module tells the rest of the product, in its `module.ts`. Whoever needs something of all modules reads it from
 * the list (`src/modules.ts`) and imports none of them. What is left out, the module does not have.
 */
export interface Module {
  /** The name of its folder, and of its folder of views. */
  name: string
  /** It is part of every portal: no firm can switch it off. Any other a firm has unless it says `"modules": { "<name>": false }`. */
  required?: true
  /** What a firm chooses about it. */
  policy?: readonly Fragment[]
  /** What of a firm's choices makes no sense together. */
  policyChecks?: readonly PolicyCheck[]
  /** What not everybody may do, and who may. */
  permissions?: readonly Permission[]
  entities?: readonly AnyEntity[]
  /** The mails it sends. */
  mails?: readonly MailKind[]
  /** What it tells people of changes to their account, with how such a change is undone. */
  notices?: readonly Notice[]
  /** What it writes in the firm's log. */
  auditActions?: readonly AuditAction[]
  mounts?: readonly Mount[]
  tabs?: readonly Tab[]
  widgets?: readonly Widget[]
  /** *To do*: what is really open, each with the link to exactly its act. */
  tasks?: readonly TaskSource[]
  /** What is new since the last sign-in. */
  news?: readonly NewsSource[]
  /** What it shows of somebody on the pages that other modules have of them. */
  sections?: readonly Section[]
  jobs?: readonly Job[]
  /** Ways to give the second step. A trusted computer is tied to them in this order, so a new one comes at the end. */
  factors?: readonly FactorKind[]
  /** Steps a firm may put in its flows. */
  steps?: readonly StepKind[]
  /** What a firm can come to ask of accounts that are already there, in the order in which it is asked. */
  requirements?: readonly Requirement[]
  /** What it keeps of people, for retention and privacy. */
  records?: readonly RecordKind[]
  /** Every page of it in every state, for the gallery; read only when somebody looks. */
  samples?: () => Promise<{ samples: Samples }>
  /**
   * Ends what is under way in it to get back in, after a change in how somebody signs in. In the caller's transaction,
   * which holds the account.
   */
  endsWaysIn?: (context: Context, accountId: string) => Promise<void>
  /** What invented people have of it. Development only. */
  seed?: Seed
  /** Where its folder of views stands, of a module that is not part of this project; and its own migrations. */
  views?: string
  migrations?: readonly MigrationStep[]
}
