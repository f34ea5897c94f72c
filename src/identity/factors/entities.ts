import { Approval, Approver } from './approval/approver.ts'
import { Authenticator } from './authenticator/authenticator.ts'
import { BackupCode } from './backup-code/backup-code.ts'
import { Passkey } from './passkey/passkey.ts'
import { Phone } from './sms/phone.ts'

/** The tables of all factors. */
export const factorEntities = [Passkey, Authenticator, Approver, Approval, Phone, BackupCode]
