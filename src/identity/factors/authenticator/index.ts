/** What other modules may do with apps. */
export { confirmAuthenticator, keepAuthenticator } from './app.ts'
export { appsSoFar, mostApps, ownApps, removeApp, renameApp, type OwnApp } from './apps.ts'
export { authenticatorSecretFrom, keyInGroups, otpauthAddress, qrPicture } from './code.ts'
