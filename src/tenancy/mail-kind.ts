import { declarations } from './declared.ts'

/**
 * A mail as its module declares it, once, and lists it in its `module.ts`: its texts are `mail.<purpose>.subject`,
 * `.body`, `.button` and `.after`, and `params` is all they are told beside the firm's name. Of a family the members have
 * words in common. `sms`: it goes as an SMS too, `mail.sms.<purpose>`.
 */
export interface MailKind<Param extends string = string> {
  readonly purpose: string
  readonly params: readonly Param[]
  readonly family?: 'notice'
  readonly sms?: true
}

const known = declarations<MailKind>()

export function mailKind<const Param extends string>(
  purpose: string,
  params: readonly Param[],
  more: Pick<MailKind, 'family' | 'sms'> = {},
): MailKind<Param> {
  return known.declare({ purpose, params, ...more })
}

export const unlistedMails = known.unlisted
