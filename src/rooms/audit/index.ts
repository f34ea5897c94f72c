export { audit } from './audit.ts'
export { firstBadLine, headOf, type FirmQuery, type Head } from './chain.ts'
export { linesAbout, type LineAbout } from './about.ts'
