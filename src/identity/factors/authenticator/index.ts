/** What other modules may do with apps. */
export { confirmAuthenticator } from './factor.ts'
export { appName } from './own-list.ts'
export {
  apps,
  appsSoFar,
  keepAuthenticator,
  ownApps,
  sealedSecrets,
} from './store.ts'
export { authenticatorSecretFrom, keyInGroups, otpauthAddress, qrPicture } from './code.ts'
export { authenticatorActions } from './audit-actions.ts'
