import express from 'express'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prefixRoutes } from '../../src/platform/http/prefix-routes.ts'

const addresses = ['/', '/staff', '/staff/people', '/staff/people/:id', '/sign-in/:token/code']
const server = createServer()
let origin = ''
beforeAll(async () => {
  const app = express()
  const routes = prefixRoutes()
  for (const address of addresses)
    routes.of(address).get(address, (request, response) => void response.json([address, request.params]))
  app.use(routes.handle)
  app.use((request, response) => void response.status(404).json([request.url, {}]))
  server.on('request', app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const asked = async (path: string, method = 'GET') => {
  const response = await fetch(`${origin}${path}`, { method })
  return method === 'GET' ? await response.json() : response.headers.get('allow')
}

test('an address finds its route as in one list of all routes: whatever its case, with or without a slash or a query behind it', async () => {
  expect(await asked('/')).toEqual(['/', {}])
  expect(await asked('/?back=/staff')).toEqual(['/', {}])
  expect(await asked('/staff')).toEqual(['/staff', {}])
  expect(await asked('/STAFF/people/?page=2')).toEqual(['/staff/people', {}])
  expect(await asked('/staff/people/7')).toEqual(['/staff/people/:id', { id: '7' }])
  expect(await asked('/sign-in/a%2Fb/code')).toEqual(['/sign-in/:token/code', { token: 'a/b' }])
  expect(await asked('/staff/people', 'OPTIONS')).toBe('GET, HEAD')
})

test('what no route is at goes on', async () => {
  for (const path of ['/staffs', '/staff/people/7/8', '/elsewhere', '//staff', '/%73taff', '/constructor'])
    expect(await asked(path)).toEqual([path, {}])
})

test('an address that begins with a parameter would be found by nobody: it is refused when it is made', () => {
  expect(() => prefixRoutes().of('/:firm/people')).toThrow('/:firm/people')
})
