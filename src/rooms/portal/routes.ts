import { z } from 'zod'
import { page, part, see } from '../../platform/answer.ts'
import { notFound, oddForm } from '../../platform/errors.ts'
import { ownPath } from '../../platform/request-target.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/door.ts'
import { widgetNames } from '../../tenancy/policy.ts'
import { arrangement, home, todoPage, widget } from './home.ts'
import { speak, withoutLanguage } from './language.ts'

/** The first door, the home page with its widgets, what waits, the menu as a page, and the language. */
export const routes: Route[] = [
  get('/', 'public', nothing, (visit) => see(visit.session ? '/home' : '/sign-in')),
  get('/home', 'signedIn', nothing, async (visit) => page('portal/home', await home(visit))),
  get('/todo', 'signedIn', nothing, async (visit) => page('portal/todo', await todoPage(visit))),
  // What the header opens in place by script; the header itself brings the parts.
  get('/menu', 'signedIn', nothing, () => page('portal/menu')),
  get('/home/widgets/:name', 'signedIn', z.strictObject({ name: z.enum(widgetNames) }), async (visit, { name }) => {
    const { main, side } = arrangement(visit)
    if (![...main, ...side].includes(name)) throw notFound()
    const { view, ...data } = await widget(visit, name)
    return part(view, data)
  }),
  post('/language', 'public', z.strictObject({ language: line(), back: line() }), async (visit, { language, back }) => {
    const chosen = visit.policy.languages.find((each) => each === language)
    if (!chosen) throw oddForm()
    await speak(visit, chosen, back)
    return see(withoutLanguage(ownPath(back) ?? '/'))
  }),
]
