import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const signIn = (headers: Record<string, string>) => ask(portal, 'linde', '/sign-in', { headers })
const token = (page: string) => /name="_csrf" value="([^"]+)"/.exec(page)?.[1]
/** Without what is another in every answer. */
const lasting = (page: string) => page.replaceAll(/name="(_csrf|nonce)" value="[^"]+"/g, '')

test('a page travels compressed to who can read that, and plain to who cannot', async () => {
  const plain = await signIn({})
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.headers.vary).toMatch(/Accept-Encoding/i)
  const [gzip, zstd, none] = await Promise.all([
    signIn({ 'accept-encoding': 'gzip, deflate, br' }),
    signIn({ 'accept-encoding': 'gzip, deflate, br, zstd' }),
    signIn({ 'accept-encoding': 'gzip;q=0, zstd;q=0, *;q=0' }),
  ])
  const encodings = [gzip, zstd, none].map(({ headers }) => headers['content-encoding'])
  expect(encodings).toEqual(['gzip', 'zstd', undefined])
  for (const each of [gzip, zstd, none]) expect(Number(each.headers['content-length'])).toBe(each.body.length)
  expect(gzip.body.length).toBeLessThan(plain.body.length / 2)
  const pages = [gunzipSync(gzip.body).toString(), zstdDecompressSync(zstd.body).toString()]
  for (const page of pages) expect(lasting(page)).toBe(lasting(plain.text))
})

test('its length tells no secret: tokens differ each time, and what another site asks for is not compressed', async () => {
  const [one, other] = await Promise.all([signIn({}), signIn({})])
  expect(token(one.text)).not.toBe(token(other.text))
  const elsewhere = await signIn({ 'accept-encoding': 'gzip', 'sec-fetch-site': 'cross-site' })
  expect(elsewhere.headers['content-encoding']).toBeUndefined()
})
