import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  anchorRestored,
  compareWithAnchor,
  firstBadLine,
  lostFirms,
  openAnchor,
  queriesOf,
  type FirmQuery,
} from '../../src/identity/audit/index.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-anchor-'))
  file = path.join(folder, 'anchor.jsonl')
  portal = await openTestPortal({ env: { AUDIT_ANCHOR: file } })
})
afterAll(async () => {
  await portal.close()
  await rm(folder, { recursive: true, force: true })
})

const tenant = () => portal.tenant('kring')
const query: FirmQuery = (sql) => queriesOf(portal.services.orm)(tenant().id)(sql)
const lines = async (from = file) =>
  (await readFile(from, 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { firm: string; tenant: string; seq: number; hash: string; event?: string })
const compared = async (from = file) => (await compareWithAnchor(from, [tenant()], () => query)).get(tenant().id)
const count = async () =>
  (await portal.sql<{ n: number }>('select count(*)::int as n from audit_line where tenant_id = $1', [tenant().id]))[0]!
    .n

/** Changes the log as only its owner could: the triggers off, and the chain made to fit again. */
async function tamper(sql: string, params: unknown[] = [tenant().id]): Promise<() => Promise<void>> {
  await portal.sql('create table if not exists kept_lines as select * from audit_line')
  await portal.sql('alter table audit_line disable trigger user')
  await portal.sql(sql, params)
  return async () => {
    await portal.sql('delete from audit_line where tenant_id = $1', [tenant().id])
    await portal.sql('insert into audit_line select * from kept_lines where tenant_id = $1', [tenant().id])
    await portal.sql('alter table audit_line enable trigger user')
    await portal.sql('drop table kept_lines')
  }
}

test('what is signed is anchored within a second or so, once, and after it is there', async () => {
  await signsIn(portal, 'kring', httpPerson(portal, 'kring'))
  const n = await count()
  await expect.poll(async () => (await lines()).at(-1)?.seq, { timeout: 10_000 }).toBe(n)
  const anchored = await lines()
  expect(anchored.every(({ firm }) => firm === 'kring')).toBe(true)
  expect(new Set(anchored.map(({ seq }) => seq)).size).toBe(anchored.length)
  expect(await compared()).toEqual({ ok: true, anchored: n })
})

test('a log that is longer than its anchor is whole; one that nothing is anchored of is not', async () => {
  const before = path.join(folder, 'before.jsonl')
  await writeFile(before, `${(await readFile(file, 'utf8')).split('\n')[0]}\n{"half a li`)
  expect(await compared(before)).toMatchObject({ ok: true })
  expect(await compared(path.join(folder, 'none.jsonl'))).toMatchObject({
    ok: false,
    what: expect.stringContaining('nothing of it is anchored'),
  })
})

test('a cut tail, an emptied log and one that was written anew are found, though each chain is whole', async () => {
  const n = await count()
  const putBack = await tamper(
    'delete from audit_line where tenant_id = $1 and seq > (select max(seq) - 2 from audit_line where tenant_id = $1)',
  )
  expect(await firstBadLine(query)).toBeNull()
  expect(await compared()).toMatchObject({
    ok: false,
    what: expect.stringMatching(new RegExp(`it ends at line ${n - 2}, and line ${n} was anchored`)),
  })
  await putBack()

  const fill = await tamper('delete from audit_line where tenant_id = $1')
  expect(await firstBadLine(query)).toBeNull()
  expect(await compared()).toMatchObject({ ok: false, what: expect.stringContaining('it ends at line 0') })
  await fill()

  const mend = await tamper(
    `update audit_line l set outcome = 'refused' where tenant_id = $1 and seq = (select max(seq) from audit_line where tenant_id = $1)`,
  )
  await portal.sql('update audit_line l set hash = audit_hash(l) where tenant_id = $1', [tenant().id])
  expect(await firstBadLine(query)).toBeNull()
  expect(await compared()).toMatchObject({ ok: false, what: expect.stringContaining('written anew') })
  await mend()
  expect(await compared()).toEqual({ ok: true, anchored: n })
})

test('all firms are compared in one reading of the anchor, each with its own lines', async () => {
  const all = await compareWithAnchor(file, portal.tenants, queriesOf(portal.services.orm))
  expect(all.size).toBe(portal.tenants.length)
  expect(all.get(tenant().id)).toEqual({ ok: true, anchored: await count() })
  const others = [...all].filter(([id]) => id !== tenant().id).map(([, found]) => found)
  expect(others).toEqual(others.map(() => ({ ok: false, what: `nothing of it is anchored in ${file}` })))
})

test('a restored backup explains what is gone, and a firm that went with it; nothing else does', async () => {
  const n = await count()
  const copy = path.join(folder, 'copy.jsonl')
  const { id, slug } = tenant()
  const other = { at: '2026-11-20T10:00:00Z', firm: 'gone', tenant: crypto.randomUUID(), seq: 3, hash: 'x' }
  await writeFile(copy, `${await readFile(file, 'utf8')}${JSON.stringify(other)}\n`)
  expect(await lostFirms(copy, portal.tenants)).toEqual(['gone'])
  const putBack = await tamper(
    'delete from audit_line where tenant_id = $1 and seq > (select max(seq) - 2 from audit_line where tenant_id = $1)',
  )
  expect(await compared(copy)).toMatchObject({ ok: false })
  const [head] = await query<{ seq: number; hash: string }>(
    'select seq, hash from audit_line order by seq desc limit 1',
  )
  await anchorRestored(copy, [{ id, slug, log: head! }], portal.services.clock)
  expect((await lines(copy)).filter(({ event }) => event)).toMatchObject([
    { event: 'restored', seq: n - 2 },
    { event: 'removed', firm: 'gone' },
  ])
  expect(await compared(copy)).toEqual({ ok: true, anchored: n - 2 })
  expect(await lostFirms(copy, portal.tenants)).toEqual([])
  await putBack()
})

test('a disk that fails holds up nobody and is told; what was missed is anchored when it works again', async () => {
  const said: string[] = []
  const log = createLog({ level: 'error', destination: { write: (line) => void said.push(line) } })
  const taken = path.join(folder, 'taken')
  await mkdir(taken)
  const anchor = openAnchor({ file: taken, firmOf: tenant, queryOf: () => query, clock: portal.services.clock, log })
  anchor.changed(tenant().id)
  await anchor.anchor(tenant().id)
  expect(said.map((line) => JSON.parse(line))).toMatchObject([{ level: 'error', alert: 'audit-anchor' }])
  await rmdir(taken)
  await anchor.anchor(tenant().id)
  expect((await lines(taken)).map(({ seq }) => seq)).toEqual([await count()])
  await anchor.stop()
})

test('several processes append side by side', async () => {
  const shared = path.join(folder, 'shared.jsonl')
  const log = createLog({ level: 'silent' })
  const all = Array.from({ length: 8 }, () =>
    openAnchor({
      file: shared,
      firmOf: portal.services.tenants.knownById,
      queryOf: queriesOf(portal.services.orm),
      clock: portal.services.clock,
      log,
    }),
  )
  await Promise.all(all.map((each) => each.anchor(tenant().id)))
  expect((await lines(shared)).filter(({ firm }) => firm === 'kring')).toHaveLength(8)
  expect(await compared(shared)).toMatchObject({ ok: true })
})
