/** What other modules may do with apps. */
export { confirmAuthenticator } from './factor.ts'
export {
  apps,
  appsSoFar,
  keepAuthenticator,
  mostApps,
  ownApps,
  renameApp,
  sealedSecrets,
  type OwnApp,
} from './store.ts'
export { authenticatorSecretFrom, keyInGroups, otpauthAddress, qrPicture } from './code.ts'
