export { tellAlarms } from './own-browser.ts'
export { signInPage } from './page.ts'
