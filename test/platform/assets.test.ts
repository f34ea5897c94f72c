import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAssets, type Addresses } from '../../src/platform/http/assets.ts'

const sheet = `.a{${'color:red;'.repeat(200)}}`
const drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47])

let folder: string
let server: Server
let firm: Addresses
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'))
  writeFileSync(join(folder, 'logo.svg'), drawing)
  writeFileSync(join(folder, 'photo.png'), picture)
  writeFileSync(join(folder, 'notes.txt'), 'not to be served')
  const assets = createAssets(join(folder, 'nothing built'))
  firm = assets.of(folder, { 'look.css': sheet })
  const app = express().use('/static', assets.serve)
  app.use((_request, response) => response.status(404).end('nobody'))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

async function get(path: string, { accept = '', method = 'GET' } = {}) {
  const { port } = server.address() as AddressInfo
  const options = { port, path, method, agent: false, headers: { 'accept-encoding': accept } }
  const response = await new Promise<IncomingMessage>((resolve) => request(options, resolve).end())
  const body = Buffer.concat(await response.toArray())
  return { status: response.statusCode, headers: response.headers, body }
}

test('a file is kept for ever under a name that changes with what is in it', async () => {
  expect(firm('look.css')).toMatch(/^\/static\/look\.[0-9a-f]{10}\.css$/)
  expect(createAssets('').of(null, { 'look.css': `${sheet} ` })('look.css')).not.toBe(firm('look.css'))
  const { status, headers, body } = await get(firm('look.css'))
  expect([status, body.toString()]).toEqual([200, sheet])
  expect(headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/css; charset=utf-8',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
  })
})

test('it travels as small as the browser can read it', async () => {
  const small = async (accept: string) => {
    const { headers, body } = await get(firm('look.css'), { accept })
    return { encoding: headers['content-encoding'], body }
  }
  const brotli = await small('gzip, deflate, br, zstd')
  expect([brotli.encoding, brotliDecompressSync(brotli.body).toString()]).toEqual(['br', sheet])
  const gzip = await small('gzip, br;q=0')
  expect([gzip.encoding, gunzipSync(gzip.body).toString()]).toEqual(['gzip', sheet])
  expect((await small('identity')).encoding).toBeUndefined()
  expect((await small('zstd')).body.toString()).toBe(sheet)
})

test('a drawing may run nothing, and a photo is not made smaller again', async () => {
  expect((await get(firm('logo.svg'))).headers).toMatchObject({
    'content-type': expect.stringContaining('image/svg+xml'),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  })
  const { headers, body } = await get(firm('photo.png'), { accept: 'br' })
  expect([headers['content-type'], headers['content-encoding'], body]).toEqual(['image/png', undefined, picture])
})

test('only files, by GET and HEAD; anything else is for who comes next', async () => {
  const head = await get(firm('look.css'), { method: 'HEAD' })
  expect([head.status, head.body.length, head.headers['content-type']]).toEqual([200, 0, 'text/css; charset=utf-8'])
  expect((await get(firm('look.css'), { method: 'POST' })).status).toBe(404)
  expect((await get('/static/look.css')).status).toBe(404)
  expect((await get('/static/../package.json')).status).toBe(404)
  expect(firm.has('notes.txt')).toBe(false)
  expect(() => firm('notes.txt')).toThrow('no static file "notes.txt"')
})
