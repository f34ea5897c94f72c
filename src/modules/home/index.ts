export { waiting } from './home.ts'
export { widgetsOf } from './arrangement.ts'
export { speak } from './language.ts'
export { arranged, tabs, type Tab, type Tabs } from './tabs.ts'
