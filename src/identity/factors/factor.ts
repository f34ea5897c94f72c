import type { RecordKind } from '../../tenancy/records.ts'
import { text, type TextKey, type Told } from '../../platform/i18n/texts.ts'
import type { FieldError } from '../../platform/http/answer.ts'
import type { FactorKind, FactorName } from '../../tenancy/factors.ts'
import type { Notice } from '../../tenancy/notice.ts'
import type { AnyEntity } from '../../tenancy/manifest.ts'
import type { NotSent, Purpose } from '../tokens/index.ts'
import type { Context, PersonContext } from '../../tenancy/context.ts'
import type { Enrolments } from './enrolments.ts'
import type { OwnList } from './own-list.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { OwnRow, RowFacts } from './own-row.ts'
import type { MailKind } from '../../tenancy/mail-kind.ts'

/**
 * Whose second step it is, as a factor needs to know them. `hadAt`: only what they had by that moment will do, and what
 * was set up later is as if it were not there; left out, whatever they have now.
 */
export interface Owner {
  id: string
  name: string
  email: string
  username?: string | null | undefined
  language: 'nl' | 'en'
  hadAt?: Date
}

/** What the database says somebody has; read in one statement, by `factorFacts`. */
export interface FactorFacts {
  /** One of the firm's own people, staff or administrator: of them more is asked. */
  ownPeople: boolean
  /** What is set up and can be used, the strongest first. */
  has: readonly FactorName[]
  /** What was used up and nothing has taken its place yet. */
  spent: readonly FactorName[]
}

/** Where sending a code stands. `next`: one is out, and in so many seconds another can be asked. */
export interface Sending {
  sent: boolean
  unsent: NotSent | null
  next: number | null
}

/** What the part of a page that asks for a factor needs of it; each factor has its own. */
export type AskData = Record<string, string | number | boolean | Date | null>

/** `pending`: nothing was tried yet, the answer has still to come from elsewhere. */
export type FactorVerdict = { ok: true } | { ok: false; error: FieldError; pending?: true }

/** A factor's sealed column, for finding what does not open any more. */
export interface SealedColumn {
  column: string
  /** What its owner is told when it has to go. */
  notice: Notice
  /** The rows somebody has, with what is sealed in them. */
  rows(context: Context, accountId: string): Promise<{ id: string; sealed: string }[]>
}

/** Development: gives one of the invented people this factor, set up at that moment. `for`: whose it is there. */
export interface Invention {
  for: 'clients' | 'ownPeople'
  give(context: Context, accountId: string, invented: { number: string; secret: string }, since: Date): Promise<void>
}

/**
 * One way to give the second step. Every factor is a folder with the same plan, and a line in the list of a module's
 * factors.
 */
export interface Factor extends FactorKind {
  /** Its tables. */
  readonly entities: readonly AnyEntity[]
  /** What somebody has set up of it; left out where there is nothing to set up. */
  readonly enrolments?: Enrolments
  /** Whether a trusted computer is a stranger again when one comes or goes. */
  readonly endsTrust: boolean
  /** Where somebody can have several: the pages that list, rename and remove them. */
  readonly own?: OwnList
  /** Where somebody has one at most: its row in "Mijn gegevens"; null where there is nothing to say. */
  row?(context: PersonContext, facts: RowFacts): Promise<OwnRow | null>
  /** What it keeps sealed: where that does not open, it counts as never set up. */
  readonly sealed?: SealedColumn
  /** What its owner is told each time it is used. */
  readonly noticeWhenUsed?: Notice
  /** A code goes out when it is chosen, and again on request: SMS and mail. */
  sends: boolean
  /** False where nothing is typed that could be guessed: asking how it stands is no try. */
  guessable?: false
  /** Whether it can be given in this browser; where it cannot, the other ways are offered. */
  fromHere?(context: Context, accountId: string, hadAt?: Date): Promise<boolean>
  /** What the page asks: figures or letters to type, a passkey's signature, or to look at another device. Each has a view, `factors/part-<asks>`. */
  asks: 'figures' | 'letters' | 'passkey' | 'device-prompt'
  /**
   * Sends the code, in the caller's transaction. A code for one purpose is worth nothing for another.
   * @returns why none went out; else null
   */
  begin(context: Context, owner: Owner, purpose: Purpose): Promise<NotSent | null>
  /** Whether a code is on its way that still works, and if not, why none can be sent now. Looks, and changes nothing. */
  sending?(context: Context, owner: Owner, purpose: Purpose): Promise<Sending>
  /** Where the code went, for the page ("•••• 78"); null where nothing is sent. */
  sentTo(context: Context, owner: Owner): Promise<string | null>
  /** What its part of the page needs beside that; a GET, so it changes nothing. */
  shows?(context: Context, owner: Owner, purpose: Purpose): Promise<AskData>
  /** The mails it sends. */
  mails?: readonly MailKind[]
  /** What its owner is told. */
  notices?: readonly Notice[]
  /** What it keeps of people. */
  records?: readonly RecordKind[]
  /** What it writes in the firm's log. */
  auditActions?: readonly AuditAction[]
  /** How the invented people get it; left out: none of them has it. */
  readonly invented?: Invention
  /** What the gallery shows it with: where a code would go, and what its part of the page needs. */
  sample: { sentTo: string | null; ask: AskData }
  /** Judges what was typed and uses it up, in the caller's transaction; wrong tries are counted. */
  check(context: Context, owner: Owner, typed: string, purpose: Purpose): Promise<FactorVerdict>
}

/** A refusal, with why. */
export const wrong = <Key extends TextKey>(key: Key, ...params: Told<Key>): FactorVerdict => ({
  ok: false,
  error: text(key, ...params),
})
