import 'htmx.org'
import { answers } from './portal/answers.ts'
import { devicePrompts } from './portal/device-prompt.ts'
import { menus } from './portal/menu.ts'
import { makeButtons } from './portal/made.ts'
import { passkeys } from './portal/passkeys.ts'
import { secrets } from './portal/secrets.ts'
import { session } from './portal/session.ts'
import { uploads } from './portal/uploads.ts'

makeButtons()
answers()
devicePrompts()
menus()
passkeys()
secrets()
uploads()
session()
