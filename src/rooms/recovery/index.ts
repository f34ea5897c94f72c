export { startReset } from './ask.ts'
export { listRequests, openRequests, openRequestsSelect, refuse, release, type Released, type RequestShown } from './release.ts'
export { fulfilDue, sweepRecovery } from './requests.ts'
export { endRecovery } from './save.ts'
