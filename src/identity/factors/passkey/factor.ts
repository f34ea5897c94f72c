import { passkeyRecords } from './records.ts'
import { passkeyActions } from './audit-actions.ts'
import { wrong, type Factor } from '../factor.ts'
import { Passkey } from './entity.ts'
import { passkeyNotices } from './notices.ts'
import { ownList } from './own-list.ts'
import { passkeyChecks } from './policy-check.ts'
import { askPasskey, provePasskey } from './prove.ts'
import { passkeys } from './store.ts'

/** A passkey as second step: a signature for one purpose is worth nothing for another. */
export const passkey: Factor = {
  name: 'passkey',
  kind: 'own',
  entities: [Passkey],
  auditActions: Object.values(passkeyActions),
  notices: Object.values(passkeyNotices),
  records: [passkeyRecords],
  enrolments: passkeys,
  own: ownList,
  endsTrust: true,
  sends: false,
  stepsUp: true,
  strength: 50,
  asksBackup: true,
  policyCheck: passkeyChecks,
  asks: 'passkey',
  sample: { sentTo: null, ask: { options: '{}' } },
  begin: async () => null,
  sentTo: async () => null,
  shows: async (context, owner, purpose) => ({
    options: await askPasskey(context, { purpose, accountId: owner.id, hadAt: owner.hadAt }),
  }),
  async check(context, owner, typed, purpose) {
    const proof = await provePasskey(context, { purpose, accountId: owner.id, hadAt: owner.hadAt }, typed)
    return proof.ok ? proof : wrong(`factors.passkey.${proof.reason}`)
  },
}
