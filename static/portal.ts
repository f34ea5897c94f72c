import 'htmx.org'
import { answers } from './portal/answers.ts'
import { approvals } from './portal/approvals.ts'
import { menus } from './portal/menu.ts'
import { makeButtons } from './portal/made.ts'
import { passkeys } from './portal/passkeys.ts'
import { secrets } from './portal/secrets.ts'
import { session } from './portal/session.ts'
import { uploads } from './portal/uploads.ts'

makeButtons()
answers()
approvals()
menus()
passkeys()
secrets()
uploads()
session()
