import { z } from 'zod'
import { get, line, post, proof, secret, type Route } from '../../tenancy/door.ts'
import { giveCode, givePassword, sendCode, stepUpPage, waysHere } from './step-up.ts'

const Way = z.strictObject({ way: line() })

/** Showing once more who one is, before a change to how one signs in. */
export const routes: Route[] = [
  get('/', 'signedIn', Way, (visit, { way }) => stepUpPage(visit, way)),
  post(
    '/',
    'signedIn',
    z.strictObject({ way: line(), code: proof(), password: secret() }),
    async (visit, { way, code, password }) =>
      (await waysHere(visit)).length ? giveCode(visit, way, code) : givePassword(visit, password),
  ),
  post('/send', 'signedIn', Way, (visit, { way }) => sendCode(visit, way)),
]
