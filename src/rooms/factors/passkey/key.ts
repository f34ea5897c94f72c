import { wrong, type Factor } from '../factor.ts'

/** A passkey as second step. */
export const passkey: Factor = {
  enrolled: (facts) => facts.passkey,
  asks: 'passkey',
  sends: false,
  stepsUp: true,
  begin: async () => 0,
  sentTo: async () => null,
  check: async () => wrong('factors.passkey.wrong'),
}
