import { auditAction } from '../../../tenancy/audit-action.ts'

/** What is written in the log. */
export const passkeyActions = {
  added: auditAction('passkey.added', 'factors'),
  copied: auditAction('passkey.copied', 'factors', { always: ['passkey'] }),
  renamed: auditAction('passkey.renamed', 'factors'),
  removed: auditAction('passkey.removed', 'factors'),
}
