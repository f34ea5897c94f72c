export { tellAlarms } from './own-browser.ts'
