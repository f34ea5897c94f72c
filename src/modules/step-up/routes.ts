import { z } from 'zod'
import { get, line, post, proof, secret, type Route } from '../../tenancy/route.ts'
import { giveCode, givePassword, sendCode, stepUpPage, waysHere } from './step-up.ts'

const Way = z.strictObject({ way: line() })

/** Showing once more who one is, before a change to how one signs in. */
export const routes: Route[] = [
  get('/', 'signedIn', Way, (context, { way }) => stepUpPage(context, way)),
  post(
    '/',
    'signedIn',
    z.strictObject({ way: line(), code: proof(), password: secret() }),
    async (context, { way, code, password }) =>
      (await waysHere(context)).length ? giveCode(context, way, code) : givePassword(context, password),
  ),
  post('/send', 'signedIn', Way, (context, { way }) => sendCode(context, way)),
]
