import type { PolicyCheck } from '../../../tenancy/policy.ts'

/** Signing in with a passkey that nobody could set up, and a lost device that would lock people out. */
export const passkeyChecks: PolicyCheck = ({ signIn, secondFactor: { of }, features }, _kinds, factors) => {
  const backups = factors.all.filter(({ kind }) => kind === 'backup').map(({ name }) => name)
  return [
    ...(signIn.passkey && !of.includes('passkey')
      ? [
          {
            path: 'signIn.passkey',
            reason: 'is true, but secondFactor.of does not list "passkey", so nobody could set one up',
          },
        ]
      : []),
    ...(of.includes('passkey') && of.length === 1 && !backups.some((name) => features.includes(name))
      ? [
          {
            path: 'secondFactor.of',
            reason: `has only "passkey", and a lost device would lock people out; offer another factor beside it, or add ${backups.map((name) => `{ "step": "${name}" }`).join(' or ')}`,
          },
        ]
      : []),
  ]
}
