/** What other modules may do with apps. */
export { appInFlow, appInSession, enrolApp } from './enrol.ts'
export { appName } from './own-list.ts'
export {
  saveAuthenticator,
  ownApps,
  sealedSecrets,
} from './store.ts'
export { authenticatorSecretFrom, qrPicture } from './code.ts'
