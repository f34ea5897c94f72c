import 'htmx.org'
import { answers } from './portal/answers.ts'
import { secrets } from './portal/secrets.ts'
import { session } from './portal/session.ts'
import { uploads } from './portal/uploads.ts'

answers()
secrets()
uploads()
session()
