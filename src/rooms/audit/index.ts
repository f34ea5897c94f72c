export { audit, firstBadLine } from './audit.ts'
export { linesAbout, type LineAbout } from './about.ts'
