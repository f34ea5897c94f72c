import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, httpPerson, type HttpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { enters, givesPassword, somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const page = '/sign-in'
const plain = 'application/x-www-form-urlencoded'

/** Exactly these bytes to the installation. @returns status, headers in lower case, and what follows */
async function raw(
  lines: string[],
  body = '',
): Promise<{ status: number; head: string; text: string; cookies: (readonly [string, string])[] }> {
  const socket = connect({ host: '127.0.0.1', port: portal.port })
  socket.write([...lines, 'Connection: close', '', body].join('\r\n'))
  let all = ''
  for await (const chunk of socket) all += (chunk as Buffer).toString()
  const [head = '', text = ''] = all.split('\r\n\r\n', 2)
  const cookies = [...head.matchAll(/^set-cookie: ([^=]+)=([^;]*)/gim)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head: head.toLowerCase(), text, cookies }
}
const cookieOf = (person: HttpPerson) =>
  `Cookie: ${[...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`

test.each(['http', 'https', 'HTTP'])(
  'an absolute request line (%s) is at its own host, whatever Host says',
  async (scheme) => {
    const { status, text } = await raw([
      `GET ${scheme}://${portal.host('kring')}${page} HTTP/1.1`,
      `Host: ${portal.host('loonhuis')}`,
    ])
    expect([status, text.includes('Kring Beoordelaars'), text.includes('Loonhuis')]).toEqual([200, true, false])
  },
)

test('an absolute request line to elsewhere is misdirected, and leads nobody there', async () => {
  for (const path of ['/home', '/', '', '?x=1', '/home#x', '//evil.example/home']) {
    const { status, head, text } = await raw([
      `GET http://evil.example${path} HTTP/1.1`,
      `Host: ${portal.host('kring')}`,
    ])
    expect([status, /^location:/m.test(head), text.includes('href="http')], path).toEqual([421, false, false])
  }
})

test('an absolute request line is no way out of the portal: not at once, and not after signing in', async () => {
  const who = await somebody(portal, 'vandam')
  const person = httpPerson(portal, 'vandam')
  await person.go(page)
  const host = portal.host('vandam')
  const wanted = await raw([`GET http://${host}/profile?x=1 HTTP/1.1`, 'Host: evil.example', cookieOf(person)])
  expect([wanted.status, /^location: (.*)$/m.exec(wanted.head)?.[1]]).toEqual([303, '/sign-in'])
  for (const [name, value] of wanted.cookies) person.cookies.set(name, value)
  await givesPassword(person, who)
  expect(await person.at()).toBe('/profile?x=1')
})

test('neither is an address with two slashes, nor where a form says it stood', async () => {
  const person = httpPerson(portal, 'vandam')
  await person.go(page)
  for (const target of ['//evil.example/home', '/\\evil.example/home', '///evil.example', '/%09/evil.example']) {
    const { head } = await raw([`GET ${target} HTTP/1.1`, `Host: ${portal.host('vandam')}`, cookieOf(person)])
    expect(/^location: (.*)$/m.exec(head)?.[1] ?? '/', target).toMatch(/^\/(?![/\\])/)
  }
  const token = /name="_csrf" value="([^"]+)"/.exec((await person.ask(page)).text)![1]!
  for (const back of ['//evil.example', 'http://evil.example/home', '/\\evil.example']) {
    const body = new URLSearchParams({ _csrf: token, language: 'nl', back }).toString()
    const { headers } = await person.ask('/language', {
      method: 'POST',
      body,
      headers: { 'content-type': plain, 'sec-fetch-site': 'same-origin' },
    })
    expect(headers.location, back).toBe('/')
  }
})

test('a step-up asked from a page elsewhere, or by an odd Referer, leads back into the portal', async () => {
  const who = await somebody(portal, 'vandam')
  const person = await enters(who)
  portal.forward('PT6M')
  const token = /name="_csrf" value="([^"]+)"/.exec((await person.ask('/home')).text)![1]!
  for (const referer of ['http://evil.example/x', `http://${portal.host('vandam')}//evil.example/x`]) {
    await person.ask('/profile/approvers/here', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token }).toString(),
      headers: { 'content-type': plain, 'sec-fetch-site': 'same-origin', referer },
    })
    await person.go('/step-up')
    await person.fill({ password: 'blauwe?fiets-op-zolder' })
    await person.press()
    expect(await person.at(), referer).toMatch(/^\/(?!\/)/)
    portal.forward('PT6M')
  }
})

test.each([
  ['two Hosts', 'GET / HTTP/1.1', ['Host: HERE', 'Host: HERE']],
  ['two Hosts, the second elsewhere', 'GET /sign-in HTTP/1.1', ['Host: HERE', 'host: evil.example']],
  ['two Hosts at the health check', 'GET /health HTTP/1.1', ['Host: HERE', 'HOST: HERE']],
  ['two Hosts beside an absolute line', 'GET http://HERE/sign-in HTTP/1.1', ['Host: HERE', 'Host: HERE']],
  ['a Host with a name before it', 'GET / HTTP/1.1', ['Host: kring@HERE']],
  ['a Host with a path', 'GET / HTTP/1.1', ['Host: HERE/x']],
  ['a Host with a blank', 'GET / HTTP/1.1', ['Host: HERE evil.example']],
  ['a user name in the absolute line', 'GET http://evil@HERE/ HTTP/1.1', ['Host: HERE']],
  ['another scheme', 'GET ftp://HERE/ HTTP/1.1', ['Host: HERE']],
  ['no Host at all', 'GET / HTTP/1.1', []],
])('%s: 400', async (_, line, headers) => {
  const here = (text: string) => text.replaceAll('HERE', portal.host('kring'))
  const { status, head } = await raw([here(line), ...headers.map(here)])
  expect([status, /^location:/m.test(head)]).toEqual([400, false])
})

test('a page says why in the reader’s language, and one Host still is one', async () => {
  const two = await raw(['GET / HTTP/1.1', `Host: ${portal.host('kring')}`, `Host: ${portal.host('kring')}`])
  expect(two.text).toContain('Wij kunnen dit niet lezen')
  expect((await raw(['OPTIONS * HTTP/1.1', `Host: ${portal.host('kring')}`])).status).toBeLessThan(500)
  expect((await raw([`GET ${page} HTTP/1.1`, `Host: ${portal.host('KRING').toUpperCase()}`])).status).toBe(200)
})

test('a form from a text browser, without Origin and Sec-Fetch-Site, is known by its Referer; nothing else is', async () => {
  const person = httpPerson(portal, 'vandam')
  const { identifier } = await somebody(portal, 'vandam')
  await person.go(page)
  const token = /name="_csrf" value="([^"]+)"/.exec((await person.ask(page)).text)![1]!
  // A field without a name as browsers send it, and as text browsers do.
  const body = `${new URLSearchParams([
    ['_csrf', token],
    ['', identifier],
    ['identifier', identifier],
    ['password', 'blauwe?fiets-op-zolder'],
  ])}&noor%40proef.example&een+naam`
  const send = async (headers: Record<string, string>, sent = body) =>
    (await person.ask(page, { method: 'POST', body: sent, headers: { 'content-type': plain, ...headers } })).status
  const own = portal.url('vandam', page)
  for (const referer of [
    'http://evil.example/sign-in',
    portal.url('kring', page),
    `http://evil.example/?${own}`,
    `http://${portal.host('vandam')}.evil.example/`,
    `http://${portal.host('vandam')}@evil.example/`,
    own.replace('http:', 'https:'),
    'about:blank',
    'null',
    '/sign-in',
    '',
  ]) {
    expect(await send({ referer }), referer).toBe(403)
  }
  expect(await send({}), 'nothing at all').toBe(403)
  expect(await send({ referer: own, origin: 'null' }), 'an Origin has the say').toBe(403)
  expect(await send({ referer: own, 'sec-fetch-site': 'cross-site' }), 'Sec-Fetch-Site has the say').toBe(403)
  expect(await send({ referer: own, 'sec-fetch-site': '' }), 'an empty Sec-Fetch-Site is no way round').toBe(403)
  expect(await send({ referer: own }, body.replace(token, 'iets')), 'the token is asked all the same').toBe(403)
  expect(await send({ referer: own })).toBe(303)
})

test('a field without a name is nobody’s, in a form with a file as well', async () => {
  const person = httpPerson(portal, 'kring')

  await signsIn(portal, 'kring', person)
  const token = /name="_csrf" value="([^"]+)"/.exec((await person.ask('/staff/people/list')).text)![1]!
  const part = (head: string, value: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`
  const body = [
    part('name="_csrf"', token),
    part('name=""', 'hanna'),
    part('foo=bar', 'hanna'),
    part('name="file"; filename="lijst.csv"', 'naam;e-mail\nNoor;noor@proef.example'),
    '--x--\r\n',
  ].join('')
  const answer = await person.ask('/staff/people/list', {
    method: 'POST',
    body,
    headers: { 'content-type': 'multipart/form-data; boundary=x', referer: portal.url('kring', '/staff/people/list') },
  })
  expect([answer.status, answer.text.includes('noor@proef.example')]).toEqual([200, true])
})

test('no answer is without a Permissions-Policy that leaves passkeys alone', async () => {
  const script = /src="(\/static\/portal[^"]+)"/.exec((await ask(portal, 'kring', page)).text)![1]!
  const answers = await Promise.all(
    [
      ['kring', page],
      ['kring', '/nergens'],
      ['kring', script],
      ['kring', '/health'],
      ['kring', '/home'],
      ['bestaatniet', '/'],
    ].map(([slug, at]) => ask(portal, slug, at!)),
  )
  const refused = await ask(portal, 'kring', page, { method: 'POST' })
  const policies = [...answers, refused].map(({ headers }) => String(headers['permissions-policy']))
  expect(new Set(policies).size).toBe(1)
  expect(policies[0]).toMatch(/camera=\(\).*geolocation=\(\).*publickey-credentials-get=\(self\)/)
  expect((await raw(['GET / HTTP/1.1', 'Host: a', 'Host: b'])).head).toContain('permissions-policy: accelerometer=()')
})
