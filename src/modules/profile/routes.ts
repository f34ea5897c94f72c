import { z } from 'zod'
import { page } from '../../platform/http/answer.ts'
import { get, id, line, nothing, post, proof, secret, ticked, withoutStepUp, type Route } from '../../tenancy/route.ts'
import type { FactorKinds } from '../../tenancy/factors.ts'
import type { Given } from '../../tenancy/manifest.ts'
import { activityPage } from './activity.ts'
import { appPicture, newAppPage, setUpApp } from './apps.ts'
import { addThis, joined, joinPage, joinPicture, offerAnother } from './prompt-devices.ts'
import { backupCodePage, saveCode } from './backup-code.ts'
import { computersPage, distrust, distrustEvery, endOne, endOthers, sessionsPage } from './devices.ts'
import { askEmail, emailPage, emailSentPage } from './email.ts'
import { confirmEmail, showNewEmail } from './new-email.ts'
import { answerNotMe, showNotMe } from './not-me.ts'
import { overviewPage } from './overview.ts'
import { changeRoutes, listRoutes } from './own-list.ts'
import { makePasskey, newPasskeyPage } from './passkeys.ts'
import { changePassword, passwordPage } from './password.ts'
import { changeLanguage, changeName, languagePage, namePage } from './personal.ts'
import { changePhone, phonePage, phoneRemovalPage, takePhoneAway } from './phone.ts'
import { notMeDoneView } from './views.ts'

const Token = z.strictObject({ token: z.string().max(100) })
const Id = z.strictObject({ id: id() })
const Email = z.strictObject({ email: line() })
const Password = z.strictObject({ current: secret(), password: secret(), repeat: secret() })
const Phone = z.strictObject({ phone: line(), code: proof(), act: line() })

const read = (factors: FactorKinds) =>
  withoutStepUp(
    'shows names and moments, never a secret, and changes nothing that signs in; ending sessions and trust only ever makes safer',
    [
      get('/', 'signedIn', nothing, overviewPage),
      get('/name', 'signedIn', nothing, (context) => namePage(context)),
      post('/name', 'signedIn', z.strictObject({ name: line() }), (context, { name }) => changeName(context, name)),
      get('/language', 'signedIn', nothing, (context) => languagePage(context)),
      post('/language', 'signedIn', z.strictObject({ language: line() }), (context, { language }) =>
        changeLanguage(context, language),
      ),
      get('/email/sent', 'signedIn', nothing, emailSentPage),
      ...listRoutes(factors),
      get('/sessions', 'signedIn', nothing, sessionsPage),
      post('/sessions/end', 'signedIn', nothing, endOthers),
      post('/sessions/:id/end', 'signedIn', Id, (context, each) => endOne(context, each.id)),
      get('/computers', 'signedIn', nothing, computersPage),
      post('/computers/end', 'signedIn', nothing, distrustEvery),
      post('/computers/:id/end', 'signedIn', Id, (context, each) => distrust(context, each.id)),
      get('/activity', 'signedIn', z.strictObject({ page: line() }), (context, each) =>
        activityPage(context, each.page),
      ),
    ],
  )

const byLink = withoutStepUp(
  'comes by mail: what its form asks beside the link is what a session somebody left open does not tell',
  [
    get('/email/:token', 'public', Token, (context, { token }) => showNewEmail(context, token)),
    post('/email/:token', 'public', Token.extend({ password: secret() }), (context, { token, password }) =>
      confirmEmail(context, token, password),
    ),
    get('/not-me/done', 'public', nothing, () => page(notMeDoneView)),
    get('/not-me/:token', 'public', Token, (context, { token }) => showNotMe(context, token)),
    post('/not-me/:token', 'public', Token.extend({ email: line() }), (context, { token, email }) =>
      answerNotMe(context, token, email),
    ),
  ],
)

/** "Mijn gegevens": reading asks a session, changing how one signs in asks who it is once more. */
export const routes = ({ factors }: Given): Route[] => [
  get('/password', 'steppedUp', nothing, passwordPage),
  post('/password', 'steppedUp', Password, changePassword),
  get('/email', 'steppedUp', nothing, (context) => emailPage(context)),
  post('/email', 'steppedUp', Email, (context, { email }) => askEmail(context, email)),
  get('/phone', 'steppedUp', nothing, (context) => phonePage(context)),
  post('/phone', 'steppedUp', Phone, changePhone),
  get('/phone/remove', 'steppedUp', nothing, phoneRemovalPage),
  post('/phone/remove', 'steppedUp', nothing, takePhoneAway),
  get('/apps/new', 'steppedUp', nothing, (context) => newAppPage(context)),
  post('/apps/new', 'steppedUp', z.strictObject({ name: line(), code: proof() }), (context, typed) =>
    setUpApp(context, null, typed),
  ),
  get('/apps/new.png', 'steppedUp', nothing, appPicture),
  get('/apps/:id/replace', 'steppedUp', Id, (context, each) => newAppPage(context, each.id)),
  post('/apps/:id/replace', 'steppedUp', Id.extend({ code: proof() }), (context, { id, code }) =>
    setUpApp(context, id, { code }),
  ),
  get('/passkeys/new', 'steppedUp', nothing, (context) => newPasskeyPage(context)),
  post('/passkeys/new', 'steppedUp', z.strictObject({ name: line(), passkey: proof() }), makePasskey),
  post('/approvers/here', 'steppedUp', nothing, addThis),
  post('/approvers/join', 'steppedUp', nothing, offerAnother),
  get('/approvers/join', 'steppedUp', nothing, joinPage),
  get('/approvers/join.png', 'steppedUp', nothing, joinPicture),
  get('/approvers/joined', 'steppedUp', nothing, joined),
  ...changeRoutes(factors),
  get('/backup-code', 'steppedUp', nothing, backupCodePage),
  post('/backup-code', 'steppedUp', z.strictObject({ saved: ticked(), nth: line() }), saveCode),
  ...read(factors),
  ...byLink,
]
