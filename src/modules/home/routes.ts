import { z } from 'zod'
import { page, part, see } from '../../platform/http/answer.ts'
import { notFound, oddForm } from '../../platform/http/errors.ts'
import { ownPath } from '../../platform/http/request-target.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/route.ts'
import { arrangement } from './arrangement.ts'
import { home, todoPage, widget } from './home.ts'
import { homeView, menuView } from './views.ts'
import { speak, withoutLanguage } from './language.ts'

/** The first route, the home page with its widgets, what waits, the menu as a page, and the language. */
export const routes: Route[] = [
  get('/', 'public', nothing, (context) => see(context.session ? '/home' : '/sign-in')),
  get('/home', 'signedIn', nothing, async (context) => page(homeView, await home(context))),
  get('/todo', 'signedIn', nothing, todoPage),
  // What the header opens in place by script; the header itself brings the parts.
  get('/menu', 'signedIn', nothing, () => page(menuView)),
  get('/home/widgets/:name', 'signedIn', z.strictObject({ name: line() }), async (context, { name }) => {
    const { main, side } = arrangement(context)
    const found = [...main, ...side].find((each) => each.name === name)
    if (!found) throw notFound()
    return part(found.view, (await widget(context, name)) as never) // its view is filled with what it shows
  }),
  post(
    '/language',
    'public',
    z.strictObject({ language: line(), back: line() }),
    async (context, { language, back }) => {
      const chosen = context.policy.languages.find((each) => each === language)
      if (!chosen) throw oddForm()
      await speak(context, chosen, back)
      return see(withoutLanguage(ownPath(back) ?? '/'))
    },
  ),
]
