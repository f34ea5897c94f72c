import { existsSync, readdirSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildStatic } from '../../static/build.ts'
import { allSamples, allShots } from '../../src/modules/development/gallery.ts'
import { project } from '../../src/services.ts'
import { createAssets } from '../../src/platform/http/assets.ts'
import { declaredViews } from '../../src/platform/views/view.ts'
import { openPresentations } from '../../src/tenancy/presentation.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'

let portal: QuietPortal
let server: Server
/** Names that views read, by whether their data had them. */
const read = { there: new Set<string>(), missing: new Set<string>() }
/** A view's own names must be in every sample; what stands in lists and unions, in one of them. */
const lacking = () =>
  [...read.missing].filter((name) => !/\..*/.test(name.split(': ')[1] ?? '') || !read.there.has(name)).sort()
beforeAll(async () => {
  await buildStatic()
  portal = await quietPortal()
  portal.services.presentation = openPresentations({
    project,
    assets: createAssets(join(project, 'static/built')),
    log: portal.services.log,
    strict: true,
    onRead: (name, there) => read[there ? 'there' : 'missing'].add(name),
  })
  await new Promise<void>((open) => {
    server = createServer(portal.app).listen(0, '127.0.0.1', open)
  })
})
afterAll(async () => {
  server.close()
  await portal.close()
})

/** Not pages by themselves: pieces of pages, what pages are wrapped in, and mails. */
const piece = /^(part|widget|section)-/
const noPages = ['shell', 'mail']

/** Every page there is below a folder of views, as "module/view". */
function pages(views: string): string[] {
  return readdirSync(views, { withFileTypes: true })
    .filter((module) => module.isDirectory() && !noPages.includes(module.name))
    .flatMap((module) =>
      readdirSync(join(views, module.name))
        .filter((file) => file.endsWith('.eta') && !piece.test(file))
        .map((file) => `${module.name}/${file.slice(0, -4)}`),
    )
}

test('every page is in the gallery', async () => {
  const samples = await allSamples(portal.services.modules)
  const missing = pages(join(project, 'views')).filter((page) => {
    const [module = '', view = ''] = page.split('/')
    return !Object.keys(samples[module]?.[view] ?? {}).length
  })
  expect(missing, 'these pages have no sample; write one in the samples.ts of their module').toEqual([])
})

test('every page is declared with the type of its data, and every declared view exists', async () => {
  await allSamples(portal.services.modules)
  const declared = declaredViews()
  expect(declared.filter((name) => !existsSync(join(project, 'views', `${name}.eta`)))).toEqual([])
  expect(pages(join(project, 'views')).filter((page) => !declared.includes(page))).toEqual([])
})

test('every sample is of a page that exists', async () => {
  const known = new Set(pages(join(project, 'views')))
  const gone = (await allShots(portal.services.modules))
    .map(({ module, view }) => `${module}/${view}`)
    .filter((page) => !known.has(page))
  expect([...new Set(gone)]).toEqual([])
})

function get(host: string, path: string, language = 'nl'): Promise<{ status: number; body: string }> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { host, 'accept-language': language } }, (response) => {
      let body = ''
      response
        .setEncoding('utf8')
        .on('data', (text: string) => {
          body += text
        })
        .on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })
}

/** What is wrong with a page; null: nothing. */
function mistake({ status, body }: { status: number; body: string }, language: string): string | null {
  if (status !== 200) return String(status)
  if (body.match(/<h1/g)?.length !== 1) return `${body.match(/<h1/g)?.length ?? 0} headings`
  if (!body.includes(`<html lang="${language}"`)) return `not in ${language}`
  return /<title>\s*–/.test(body) || body.includes('undefined') ? 'no title, or "undefined" on the page' : null
}

test('every page in every state can be shown at every firm in each of its languages, with one heading', async () => {
  const wrong: string[] = []
  const shots = await allShots(portal.services.modules)
  for (const { slug, hosts, policy } of portal.tenants)
    for (const language of policy.languages)
      for (const { module, view, state } of shots) {
        const path = `/dev/pages/${module}/${view}/${state}`
        const found = mistake(await get(hosts.at(-1) ?? '', path, language), language)
        if (found) wrong.push(`${slug} ${language} ${path}: ${found}`)
      }
  expect(wrong).toEqual([])
  expect(lacking(), 'a view reads what its sample, and so the type of its data, does not have').toEqual([])
}, 120_000)

test('a page, view or state that does not exist is not found', async () => {
  const host = portal.tenants[0]?.hosts.at(-1) ?? ''
  for (const path of [
    'nowhere/home/quiet',
    'portal/nothing/quiet',
    'home/home/nothing',
    'portal/__proto__/quiet',
    'home/home/constructor',
  ]) {
    expect((await get(host, `/dev/pages/${path}`)).status, path).toBe(404)
  }
})
