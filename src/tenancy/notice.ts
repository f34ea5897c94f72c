import type { TextKey } from '../platform/i18n/texts.ts'
import type { Context } from './context.ts'
import { declarations } from './declared.ts'
import type { MailKind } from './mail-kind.ts'
import type { Module } from './manifest.ts'

/** What was taken away and what came back, by the names of the tables; for the log. */
export interface Undone {
  away: string[]
  back: string[]
}

/**
 * Puts what somebody has back to what it was just before a moment, in the caller's transaction: what came in that
 * moment or after it goes, what went in it or after it comes back.
 */
export type Undo = (context: Context, accountId: string, moment: Date) => Promise<Undone>

/**
 * A mail that something about somebody's account changed, as its module or factor declares it, once, and lists it. It
 * goes to the person themselves and to nobody else: "was this not you?" in it lets its reader make the account safe.
 * Its purpose is what `tenant.json` calls it, and its texts are those of a mail: `mail.<purpose>.subject` and `.body`.
 */
export interface Notice extends MailKind<'name' | 'lifetime'> {
  /** What it was called before: read wherever it was written down, never written again. */
  readonly aliases?: readonly string[]
  /** What is done where it was not them; several notices may name the same, which is done once. */
  readonly undo?: Undo
}

const known = declarations<Notice>()

export const notice = <const Purpose extends string>(
  purpose: `mail.${Purpose}.body` extends TextKey ? Purpose : never,
  more: Pick<Notice, 'aliases' | 'undo'> = {},
): Notice => known.declare({ purpose, params: ['name', 'lifetime'], family: 'notice', ...more })

export const unlistedNotices = known.unlisted

/** Those of all modules, by what firms call them. */
export const noticesOf = (all: readonly Pick<Module, 'notices'>[]): readonly Notice[] =>
  all.flatMap(({ notices = [] }) => notices)

/** All mails, notices among them. */
export const mailsOf = ({ mails = [], notices = [] }: Pick<Module, 'mails' | 'notices'>): readonly MailKind[] => [
  ...mails,
  ...notices,
]
