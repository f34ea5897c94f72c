export { allow, visible } from './permissions.ts'
export { sectionsOf } from './sections.ts'
