import { z } from 'zod'
import { page } from '../../platform/answer.ts'
import { get, id, line, nothing, post, secret, ticked, type Route } from '../../tenancy/door.ts'
import { activityPage } from './activity.ts'
import { appPage, appPicture, changeApp } from './app.ts'
import { backupCodePage, keepCode } from './backup-code.ts'
import { computersPage, distrust, distrustEvery, endOne, endOthers, sessionsPage } from './devices.ts'
import { askEmail, emailPage, emailSentPage } from './email.ts'
import { confirmEmail, showNewEmail } from './new-email.ts'
import { answerNotMe, showNotMe } from './not-me.ts'
import { overviewPage } from './overview.ts'
import { changePassword, passwordPage } from './password.ts'
import { changeLanguage, changeName, languagePage, namePage } from './personal.ts'
import { changePhone, phonePage } from './phone.ts'
import { remove, removalPage } from './removal.ts'

const Token = z.strictObject({ token: z.string().max(100) })
const Id = z.strictObject({ id: id() })
const Email = z.strictObject({ email: line() })
const Password = z.strictObject({ current: secret(), password: secret(), repeat: secret() })
const Phone = z.strictObject({ phone: line(), code: line(), act: line() })

/** "Mijn gegevens": reading asks a session, changing how one signs in asks who it is once more. */
export const routes: Route[] = [
  get('/', 'signedIn', nothing, overviewPage),
  get('/name', 'signedIn', nothing, (visit) => namePage(visit)),
  post('/name', 'signedIn', z.strictObject({ name: line() }), (visit, { name }) => changeName(visit, name)),
  get('/language', 'signedIn', nothing, (visit) => languagePage(visit)),
  post('/language', 'signedIn', z.strictObject({ language: line() }), (visit, { language }) => changeLanguage(visit, language)),
  get('/password', 'steppedUp', nothing, passwordPage),
  post('/password', 'steppedUp', Password, changePassword),
  get('/email', 'steppedUp', nothing, (visit) => emailPage(visit)),
  post('/email', 'steppedUp', Email, (visit, { email }) => askEmail(visit, email)),
  get('/email/sent', 'signedIn', nothing, emailSentPage),
  get('/email/:token', 'public', Token, (visit, { token }) => showNewEmail(visit, token)),
  post('/email/:token', 'public', Token.extend({ password: secret() }), (visit, { token, password }) => confirmEmail(visit, token, password)),
  get('/phone', 'steppedUp', nothing, (visit) => phonePage(visit)),
  post('/phone', 'steppedUp', Phone, changePhone),
  get('/phone/remove', 'steppedUp', nothing, (visit) => removalPage(visit, 'phone')),
  post('/phone/remove', 'steppedUp', nothing, (visit) => remove(visit, 'phone')),
  get('/app', 'steppedUp', nothing, appPage),
  post('/app', 'steppedUp', z.strictObject({ code: line() }), (visit, { code }) => changeApp(visit, code)),
  get('/app.png', 'steppedUp', nothing, appPicture),
  get('/app/remove', 'steppedUp', nothing, (visit) => removalPage(visit, 'authenticator')),
  post('/app/remove', 'steppedUp', nothing, (visit) => remove(visit, 'authenticator')),
  get('/backup-code', 'steppedUp', nothing, backupCodePage),
  post('/backup-code', 'steppedUp', z.strictObject({ saved: ticked(), nth: line() }), keepCode),
  get('/sessions', 'signedIn', nothing, sessionsPage),
  post('/sessions/end', 'signedIn', nothing, endOthers),
  post('/sessions/:id/end', 'signedIn', Id, (visit, each) => endOne(visit, each.id)),
  get('/computers', 'signedIn', nothing, computersPage),
  post('/computers/end', 'signedIn', nothing, distrustEvery),
  post('/computers/:id/end', 'signedIn', Id, (visit, each) => distrust(visit, each.id)),
  get('/activity', 'signedIn', z.strictObject({ page: line() }), (visit, each) => activityPage(visit, each.page)),
  get('/not-me/done', 'public', nothing, () => page('profile/not-me-done')),
  get('/not-me/:token', 'public', Token, (visit, { token }) => showNotMe(visit, token)),
  post('/not-me/:token', 'public', Token.extend({ email: line() }), (visit, { token, email }) => answerNotMe(visit, token, email)),
]
