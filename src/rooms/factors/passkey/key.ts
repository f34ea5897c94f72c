import { wrong, type Factor } from '../factor.ts'
import { askPasskey, provePasskey } from './prove.ts'

/** A passkey as second step: a signature for one purpose is worth nothing for another. */
export const passkey: Factor = {
  enrolled: (facts) => facts.passkey,
  asks: 'passkey',
  sends: false,
  stepsUp: true,
  begin: async () => null,
  sentTo: async () => null,
  shows: async (visit, owner, purpose) => ({
    options: await askPasskey(visit, { purpose, accountId: owner.id, hadAt: owner.hadAt }),
  }),
  async check(visit, owner, typed, purpose = 'signInCode') {
    const proof = await provePasskey(visit, { purpose, accountId: owner.id, hadAt: owner.hadAt }, typed)
    return proof.ok ? proof : wrong(`factors.passkey.${proof.reason}`)
  },
}
