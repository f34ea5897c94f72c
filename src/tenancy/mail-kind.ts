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

const declared = new Set<MailKind>()

export function mailKind<const Param extends string>(
  purpose: string,
  params: readonly Param[],
  more: Pick<MailKind, 'family' | 'sms'> = {},
): MailKind<Param> {
  const kind = { purpose, params, ...more }
  declared.add(kind)
  return kind
}

/** Every mail that was declared by the modules read so far. */
export const declaredMails = (): MailKind[] => [...declared]
