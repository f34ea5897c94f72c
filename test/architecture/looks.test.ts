import { everyPage } from './looks.ts'

everyPage({ script: true })
