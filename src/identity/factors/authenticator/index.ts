/** What other modules may do with apps. */
export { appInFlow, appInSession, enrolApp, type NewApp } from './enrol.ts'
export { appName } from './own-list.ts'
export {
  apps,
  keepAuthenticator,
  ownApps,
  sealedSecrets,
} from './store.ts'
export { authenticatorSecretFrom, qrPicture } from './code.ts'
export { authenticatorActions } from './audit-actions.ts'
