import { z } from 'zod'
import { again, bytes, json, page, see } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { get, id, line, nothing, post, type Route } from '../../tenancy/door.ts'
import type { HouseVisit } from '../../tenancy/visit.ts'
import { qrPicture } from '../factors/index.ts'
import { appCodes } from './app-codes.ts'
import { moveClock, steps } from './clock.ts'
import { firmsPage } from './firms.ts'
import { contents, shot } from './gallery.ts'
import { keptMessage } from './keep.ts'
import { outboxJson, outboxPage, withLogo } from './outbox.ts'

/** A mail in the developer's browser: its own styles, nothing from elsewhere, no scripts, no forms (CSP level 3). */
const mailOnly = `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox allow-popups allow-popups-to-escape-sandbox`

const clock = ({ now }: HouseVisit, by = '') => page('dev/clock', { now, steps, values: { by } })

/** For developers, at every address of the installation, and only in development. */
export const routes: Route[] = [
  get('/', 'house', nothing, () => see('/dev/firms')),
  get('/firms', 'house', nothing, async (visit) => page('dev/firms', await firmsPage(visit))),
  get('/outbox', 'house', nothing, async (visit) => page('dev/outbox', await outboxPage(visit))),
  get('/outbox.json', 'house', nothing, async (visit) => json(await outboxJson(visit))),
  get('/codes.json', 'house', nothing, async (visit) => json(await appCodes(visit))),
  get('/outbox/:id/html', 'house', z.strictObject({ id: id() }), async ({ house }, asked) => {
    const message = await keptMessage(house.orm, asked.id)
    if (!message?.html) throw notFound()
    return { ...bytes('text/html', withLogo(house, message)), policy: mailOnly }
  }),
  get('/clock', 'house', nothing, (visit) => clock(visit)),
  post('/clock', 'house', z.strictObject({ by: line() }), (visit, { by }) => {
    const errors = moveClock(visit, by)
    return errors ? again(clock(visit, by), errors) : see('/dev/clock')
  }),
  // For the gallery, where the QR code of a real account would stand: nobody's key is shown.
  get('/qr.png', 'house', nothing, async () => bytes('image/png', await qrPicture('https://voorbeeld.example'))),
  get('/pages', 'house', nothing, async () => page('dev/pages', await contents())),
  get(
    '/pages/:room/:view/:state',
    'house',
    z.strictObject({ room: line(), view: line(), state: line() }),
    (visit, asked) => shot(visit, asked),
  ),
]
