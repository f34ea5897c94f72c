import type { Language } from '../platform/i18n/texts.ts'
import type { Context } from './context.ts'
import type { Person } from './person.ts'
import { isOn } from './switches.ts'

/**
 * An invented person of a firm. `active`: has been through the activation; `existing`: an account with only a password,
 * as after an import; `invited`: has a mail waiting, and no account until the module that invites made one.
 */
export interface InventedPerson {
  name: string
  email: string
  username?: string | undefined
  kind: Person['kind']
  role?: string | undefined
  organisation?: string | undefined
  birthDate?: string | undefined
  language?: Language | undefined
  state: 'active' | 'existing' | 'invited'
}

/**
 * What a module puts into the database for invented people. Development only: no portal in production runs any of it.
 */
export interface Seed {
  /** Invites who is to be invited, so that the mail in the outbox is a real one. Of one module. */
  invitation?: (context: Context, person: InventedPerson) => Promise<void>
  /** What somebody who has an account has of it, since they came; in the transaction that makes the account. */
  person?: (context: Context, person: InventedPerson, account: { id: string; since: Date }) => Promise<void>
  /** What a firm has of it, once its people are there; a second time it changes nothing. */
  firm?: (context: Context) => Promise<void>
}

/** Those of the modules that are on at this firm. */
export const seedsOf = ({ services, policy }: Pick<Context, 'services' | 'policy'>): Seed[] =>
  services.modules.all.filter((module) => isOn(policy, module)).flatMap(({ seed = [] }) => seed)
