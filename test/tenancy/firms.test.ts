import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { publish } from '../../src/commands/publish.ts'
import { modules } from '../../src/modules.ts'
import { createKeyRing } from '../../src/platform/crypto/encryption.ts'
import { freshEm } from '../../src/platform/db/database.ts'
import { compose } from '../../src/tenancy/compose.ts'
import { publishedSince } from '../../src/tenancy/tenant-store.ts'
import { openTenants } from '../../src/tenancy/tenants.ts'
import { ownDatabase } from '../support/database.ts'
import { ask } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const many = 10
let folder: string
let database: Awaited<ReturnType<typeof ownDatabase>>
let portal: TestPortal
const lines: Record<string, unknown>[] = []
const heard = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>)
/** What the log says for people who are on call. */
const alerts = () => lines.filter(({ alert }) => alert)

const choices = (name: string, more: object = {}) => ({
  name,
  contact: { mail: 'help@firma.example', phone: '020 000 00 10' },
  look: { brand: `#33445${name.at(-1)?.replace(/\D/, '5')}` },
  secondFactor: { of: ['authenticator', 'mail'], when: 'ifEnrolled' },
  onboarding: { activation: [{ step: 'password' }, { step: 'done' }] },
  ...more,
})
async function write(slug: string, file: string, text: unknown): Promise<void> {
  const name = path.join(folder, slug, file)
  await mkdir(path.dirname(name), { recursive: true })
  await writeFile(name, typeof text === 'string' ? text : JSON.stringify(text))
}
const firm = (slug: string, more?: object) => write(slug, 'tenant.json', choices(`Firma ${slug}`, more))

const open = (more: Parameters<typeof openTestPortal>[0] = {}) =>
  openTestPortal({ on: database.url, env: { TENANTS_DIR: folder }, loads: false, heard, ...more })

/** The command, as the terminal runs it. @returns what it says */
async function command(which: typeof publish, ...rest: string[]): Promise<string> {
  const said: string[] = []
  const env = {
    DATABASE_URL: database.url,
    MASTER_KEY: inject('masterKey'),
    DATA_DIR: path.join(folder, '..', 'data'),
    TENANTS_DIR: folder,
  }
  await which({ rest, env, say: (text) => said.push(text) })
  return said.join('\n')
}

/** What a browser sees at a firm: 421, or the firm's name on the page for signing in. */
async function seen(slug: string, at = portal): Promise<string> {
  const { status, text } = await ask(at, slug, '/sign-in')
  return status === 200 ? (/<title>[^<]*?(Firma[^<]*)<\/title>/.exec(text)?.[1]?.trim() ?? text) : String(status)
}

beforeAll(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'portal-firms-')), 'tenants')
  database = await ownDatabase()
  for (let nth = 0; nth < many; nth++) await firm(`firma-${nth}`)
  portal = await open()
})
afterAll(async () => {
  await portal.close()
  await database.drop()
  await rm(path.join(folder, '..'), { recursive: true, force: true })
})
beforeEach(() => lines.splice(0))

test('a firm is loaded when somebody comes, and only that one', async () => {
  expect(portal.services.tenants.count()).toEqual({ served: many, loaded: 0, wrong: 0 })
  expect(await seen('firma-3')).toBe('Firma firma-3')
  expect(portal.services.tenants.count().loaded).toBe(1)
  const all = await Promise.all(Array.from({ length: 20 }, () => seen('firma-4')))
  expect(new Set(all)).toEqual(new Set(['Firma firma-4']))
  expect(portal.services.tenants.count().loaded, 'twenty at once load it once').toBe(2)
  expect(await seen('firma-99')).toBe('421')
})

test('no more than so many stay loaded, however many are asked for', async () => {
  const { orm, log, config } = portal.services
  const few = openTenants({
    orm,
    log,
    baseUrl: new URL(config.baseUrl),
    directory: folder,
    reader: compose(modules).policy,
    ring: createKeyRing(inject('masterKey')),
    published: await publishedSince({ em: freshEm(orm) }, 0),
    wrong: [],
    most: 3,
  })
  for (const again of [1, 2])
    for (const { slug } of few.known) expect((await few.bySlug(slug))?.policy.name, `${again}`).toBe(`Firma ${slug}`)
  expect(few.count()).toEqual({ served: many, loaded: 3, wrong: 0 })
})

test('what a page names is there in a process that never met the firm', async () => {
  const page = await ask(portal, 'firma-5', '/sign-in')
  const sheet = /\/static\/portal\.[0-9a-f]{10}\.css/.exec(page.text)![0]
  const other = await open()
  try {
    expect((await ask(other, 'firma-6', sheet)).status, 'the look of another firm').toBe(404)
    expect((await ask(other, 'firma-5', sheet)).status).toBe(200)
  } finally {
    await other.close()
  }
})

test('a second start reads nothing again, and one that finds a change publishes just that', async () => {
  const before = await portal.sql<{ n: number }>('select sum(version)::int as n, max(revision) as last from tenant')
  await portal.restart()
  expect(await portal.sql('select sum(version)::int as n, max(revision) as last from tenant')).toEqual(before)
  await firm('firma-1', { name: 'Firma Eén' })
  await portal.restart()
  expect(await portal.sql(`select version from tenant where slug = 'firma-1'`)).toEqual([{ version: 2 }])
  expect(await portal.sql('select count(*)::int as n from tenant where version > 1')).toEqual([{ n: 1 }])
  expect(await seen('firma-1')).toBe('Firma Eén')
})

test('a file that became wrong leaves the firm as it was published, at a start as well, with an alert', async () => {
  await write('firma-2', 'tenant.json', '{ "name": ')
  await firm('firma-0', { look: { brand: 'blauw' } })
  await write('nieuw', 'tenant.json', '{}')
  await portal.restart()
  expect(await Promise.all(['firma-0', 'firma-2', 'firma-3', 'nieuw'].map((slug) => seen(slug)))).toEqual([
    'Firma firma-0',
    'Firma firma-2',
    'Firma firma-3',
    '421',
  ])
  expect(alerts().map(({ alert, firm: which }) => [alert, which])).toEqual([
    ['firm-file', 'firma-0'],
    ['firm-file', 'firma-2'],
    ['firm-file', 'nieuw'],
  ])
  expect(String(alerts()[0]?.mistakes)).toContain(`${path.join(folder, 'firma-0/tenant.json')}: look.brand: must be`)
  expect(portal.services.tenants.count().wrong).toBe(3)
  expect(await portal.services.metrics.text()).toContain('portal_firms{state="wrong"} 3')
  await rm(path.join(folder, 'nieuw'), { recursive: true })
  for (const slug of ['firma-0', 'firma-2']) await firm(slug)
  expect(await command(publish, 'firma-0', 'firma-2')).toBe(
    'firma-0: read anew; its choices are those of version 1.\nfirma-2: read anew; its choices are those of version 1.',
  )
  await portal.services.tenants.refresh()
  expect(portal.services.tenants.count().wrong, 'only what was never published').toBe(1)
})

test('where nothing was ever published a wrong file stops the start with every mistake, and touches nothing', async () => {
  const empty = await ownDatabase()
  await firm('firma-2', { look: { brand: 'blauw' } })
  await write('firma-7', 'views/sign-in/nl.json', '{ "index.title": ')
  try {
    const start = open({ on: empty.url })
    await expect(start).rejects.toThrow(
      /firma-2\/tenant\.json: look\.brand: .*\n.*firma-7\/views\/sign-in\/nl\.json: /s,
    )
  } finally {
    await firm('firma-2')
    await rm(path.join(folder, 'firma-7/views'), { recursive: true })
    await empty.drop()
  }
})

test('a firm that is new or changed is there without a restart, also where PostgreSQL can tell nobody', async () => {
  portal.attend()
  const other = await open()
  try {
    expect(await seen('brug')).toBe('421')
    await firm('brug')
    await firm('firma-8', { name: 'Firma Acht', domain: 'acht.example' })
    expect(await seen('firma-8')).toBe('Firma firma-8')
    expect(await command(publish)).toBe('brug: version 1 is published.\nfirma-8: version 2 is published.')
    await expect.poll(() => seen('brug'), { timeout: 5000 }).toBe('Firma brug')
    await expect.poll(() => seen('firma-8'), { timeout: 5000 }).toBe('Firma Acht')
    expect(portal.services.tenants.knownBySlug('firma-8')?.origin).toMatch(/\/\/acht\.example$/)
    // A process that nobody tells sees it at its next look.
    expect(await seen('brug', other)).toBe('421')
    await other.services.tenants.refresh()
    expect(await seen('brug', other)).toBe('Firma brug')
    expect(await command(publish)).toBe('Nothing changed.')
  } finally {
    await other.close()
  }
})

test('texts, pages and pictures that changed are published by the same command', async () => {
  const titleNow = async () => /<title>([^<]*)</.exec((await ask(portal, 'firma-9', '/sign-in')).text)?.[1]
  const before = await titleNow()
  await write('firma-9', 'views/sign-in/nl.json', { 'index.title': 'Kom binnen' })
  expect(await titleNow()).toBe(before)
  expect(await command(publish)).toBe('firma-9: read anew; its choices are those of version 1.')
  await portal.services.tenants.refresh()
  expect(await titleNow()).toContain('Kom binnen')
  await write('firma-9', 'views/sign-in/index.eta', '<h1>Een eigen bladzijde</h1>')
  expect(await command(publish, 'firma-9')).toContain('firma-9')
  await portal.services.tenants.refresh()
  expect((await ask(portal, 'firma-9', '/sign-in')).text).toContain('Een eigen bladzijde')
  await write('firma-9', 'views/sign-in/index.eta', '<h1>Nog een</h1>')
  expect(await command(publish, 'firma-9')).toContain('firma-9')
  await portal.services.tenants.refresh()
  expect((await ask(portal, 'firma-9', '/sign-in')).text, 'as it is now').toContain('Nog een')
  await rm(path.join(folder, 'firma-9/views'), { recursive: true })
})

test('a firm whose folder went is served no more once that is published, keeps its data, and can come back', async () => {
  await firm('brug', { domain: 'brug.example' })
  await command(publish, 'brug')
  await portal.services.tenants.refresh()
  await rename(path.join(folder, 'brug'), path.join(folder, '../brug'))
  expect(await seen('brug'), 'nobody said so yet').toBe('Firma brug')
  expect(await command(publish, 'brug')).toBe('brug: has no folder any more. Its address answers 421; its data stays.')
  await portal.services.tenants.refresh()
  expect(await seen('brug')).toBe('421')
  expect(alerts()).toMatchObject([{ alert: 'firm-folder', firms: ['brug'] }])
  expect(await portal.sql(`select version from tenant where slug = 'brug'`)).toEqual([{ version: 2 }])
  await firm('firma-6', { domain: 'brug.example' })
  expect(await command(publish, 'firma-6'), 'its host is free').toBe('firma-6: version 2 is published.')
  await portal.services.tenants.refresh()
  expect((await portal.services.tenants.byHost('brug.example'))?.slug).toBe('firma-6')
  await firm('firma-6')
  await command(publish)
  await rename(path.join(folder, '../brug'), path.join(folder, 'brug'))
  expect(await command(publish)).toContain('brug: read anew')
  await portal.services.tenants.refresh()
  expect(await seen('brug')).toBe('Firma brug')
  await expect(command(publish, 'niemand')).rejects.toThrow(/There is no firm "niemand"/)
})

test('what is wrong is not published, and the rest is', async () => {
  await firm('firma-3', { look: { brand: 'geel' } })
  await firm('firma-4', { name: 'Firma Vier' })
  await firm('firma-5', { domain: 'acht.example' })
  await expect(command(publish)).rejects.toThrow(
    /^.*firma-3\/tenant\.json: look\.brand: .*\n.*firma-5: domain: acht\.example is that of firma-8 already[^\n]*$/,
  )
  await portal.services.tenants.refresh()
  expect(await seen('firma-3')).toBe('Firma firma-3')
  expect(await seen('firma-4')).toBe('Firma Vier')
  for (const slug of ['firma-3', 'firma-5']) await firm(slug)
})

test('a firm whose file is wrong stays at its host, which nobody else gets meanwhile; who leaves one leaves it to others', async () => {
  await firm('firma-8', { domain: 'acht.example', look: { brand: 'geel' } })
  await firm('firma-5', { domain: 'acht.example' })
  const taken = /firma-5: domain: acht\.example is that of firma-8 already/
  await expect(command(publish)).rejects.toThrow(taken)
  await portal.services.tenants.refresh()
  expect(portal.services.tenants.knownBySlug('firma-5')?.origin).not.toMatch(/acht\.example/)
  await firm('firma-8', { name: 'Firma Acht', domain: 'acht.example' })
  await expect(command(publish), 'also where both are right').rejects.toThrow(taken)
  await firm('firma-8', { name: 'Firma Acht', domain: 'negen.example' })
  await command(publish)
  await portal.services.tenants.refresh()
  const at = async (host: string) => (await portal.services.tenants.byHost(host))?.slug
  expect([await at('acht.example'), await at('negen.example')]).toEqual(['firma-5', 'firma-8'])
  await firm('firma-5')
  await firm('firma-8', { name: 'Firma Acht', domain: 'acht.example' })
  await command(publish)
  await portal.services.tenants.refresh()
})

test('every mistake of every firm is said, with its file and place', async () => {
  expect(await command(check)).toBe(`${many + 1} firms have no mistakes.`)
  expect(await command(check, 'brug')).toBe('brug has no mistakes.')
  await firm('firma-0', { name: '' })
  await write('firma-1', 'views/sign-in/nl.json', { 'index.title': 'Kom {firm', 'index.titel': 'Kom binnen' })
  await write('firma-1', 'views/sign-in/index.eta', '<h1><%= it.t( %></h1>')
  await firm('firma-2', { domain: 'acht.example' })
  const said = await command(check).then(
    () => '',
    (error: Error) => error.message,
  )
  expect(said.split('\n').map((line) => line.replace(`${folder}/`, '').split(': ').slice(0, 2))).toEqual([
    ['firma-0/tenant.json', 'name'],
    ['firma-1/views/sign-in/index.eta', expect.stringMatching(/^cannot be read as a page/)],
    ['firma-1/views/sign-in/nl.json', 'index.title'],
    ['firma-8', 'domain'],
    ['firma-1/views', 'sign-in.index.titel'],
  ])
  await expect(command(check, 'firma-3', 'firma-4')).resolves.toBe('2 firms have no mistakes.')
})
