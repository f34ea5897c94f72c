import { z } from 'zod'
import { again, bytes, json, page, see } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { get, id, line, nothing, post, type Route } from '../../tenancy/route.ts'
import type { InstallationContext } from '../../tenancy/context.ts'
import { qrPicture } from '../../identity/factors/index.ts'
import { appCodes } from './app-codes.ts'
import { moveClock, steps } from './clock.ts'
import { firmsPage } from './firms.ts'
import { contents, shot } from './gallery.ts'
import { keptMessage } from './store.ts'
import { outboxJson, outboxPage, withLogo } from './outbox.ts'
import { clockView } from './views.ts'

/** A mail in the developer's browser: its own styles, nothing from elsewhere, no scripts, no forms (CSP level 3). */
const mailOnly = `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox allow-popups allow-popups-to-escape-sandbox`

const clock = ({ now }: InstallationContext, by = '') => page(clockView, { now, steps, values: { by } })

/** For developers, at every address of the installation, and only in development. */
export const routes: Route[] = [
  get('/', 'installation', nothing, () => see('/dev/firms')),
  get('/firms', 'installation', nothing, firmsPage),
  get('/outbox', 'installation', nothing, outboxPage),
  get('/outbox.json', 'installation', nothing, async (context) => json(await outboxJson(context))),
  get('/codes.json', 'installation', nothing, async (context) => json(await appCodes(context))),
  get('/outbox/:id/html', 'installation', z.strictObject({ id: id() }), async ({ services }, asked) => {
    const message = await keptMessage(services.orm, asked.id)
    if (!message?.html) throw notFound()
    return { ...bytes('text/html', await withLogo(services, message)), policy: mailOnly }
  }),
  get('/clock', 'installation', nothing, (context) => clock(context)),
  post('/clock', 'installation', z.strictObject({ by: line() }), (context, { by }) => {
    const errors = moveClock(context, by)
    return errors ? again(clock(context, by), errors) : see('/dev/clock')
  }),
  // For the gallery, where the QR code of a real account would stand: nobody's key is shown.
  get('/qr.png', 'installation', nothing, async () => bytes('image/png', await qrPicture('https://voorbeeld.example'))),
  get('/pages', 'installation', nothing, contents),
  get(
    '/pages/:module/:view/:state',
    'installation',
    z.strictObject({ module: line(), view: line(), state: line() }),
    (context, asked) => shot(context, asked),
  ),
]
