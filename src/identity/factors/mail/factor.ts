import { issueCode } from '../../tokens/index.ts'
import { sendMail } from '../../../tenancy/outbox.ts'
import type { Factor } from '../factor.ts'
import { sendingNow } from '../sending.ts'
import { checkSentCode } from '../sent-code.ts'
import { mailKind } from '../../../tenancy/mail-kind.ts'

/** The code, for whatever it is asked. */
const signInCodeMail = mailKind('signInCode', ['code'])

/** A code to the mail address: whoever was invited there has it. The weakest factor, so the home page asks for a stronger one. */
export const mail: Factor = {
  name: 'mail',
  kind: 'given',
  entities: [],
  endsTrust: false,
  sends: true,
  stepsUp: false,
  strength: 10,
  sentAs: 'mail',
  ownPeople: 'never',
  asks: 'figures',
  mails: [signInCodeMail],
  sample: { sentTo: 's•••@voorbeeld.example', ask: {} },
  async begin(context, owner, purpose) {
    const issued = await issueCode(context, { purpose, accountId: owner.id, target: owner.email })
    if ('unsent' in issued) return issued.unsent
    await sendMail(context, owner, { kind: signInCodeMail, params: { code: issued.code }, notAfter: issued.expiresAt })
    return null
  },
  sending: (context, { id, email }, purpose) => sendingNow(context, { purpose, accountId: id, target: email }),
  sentTo: async (_context, { email }) => masked(email),
  check: (context, owner, typed, purpose) =>
    checkSentCode(context, { accountId: owner.id, purpose, target: owner.email }, typed),
}

/** "w•••@example.nl": enough to know which mailbox, too little to learn an address. */
function masked(email: string): string {
  const [name = '', domain = ''] = email.split(/@(?=[^@]*$)/)
  return `${name.slice(0, 1)}•••@${domain}`
}
