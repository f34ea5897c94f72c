/** Proving it again: what signing in's second step, a step-up and a way back in have in common. */
export type { Challenge, Occasion } from './challenge.ts'
export { anyWays, isBackup, sends, strongWays, strongWaysOfOwn, waysFor, waysWith } from './ways.ts'
export { ask, begin, sendAgain, type Asked } from './ask.ts'
export { logProof, prove, proveWithin } from './prove.ts'
export { proveAddress } from './address.ts'
export { provePassword } from './password.ts'
