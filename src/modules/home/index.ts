export { waiting } from './home.ts'
export { speak } from './language.ts'
export { arranged, tabs, type Tab, type Tabs } from './tabs.ts'
