import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse, type HTMLElement } from 'node-html-parser'
import { expect } from 'vitest'
import type { TestPortal } from './portal.ts'
import { until } from '../faults/process.ts'
import type { Person } from './person.ts'
import { text as readable } from './words.ts'

/** Whether the text browser and the pseudo terminal (util-linux) are on this machine. */
export const hasW3m = [
  ['w3m', '-version'],
  ['script', '--version'],
].every(([program = '', version = '']) => {
  try {
    execFileSync(program, [version], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

/** The last page that went by on the way to the browser. */
interface Seen {
  at: string
  status: number
  html: string
  sent: Record<string, string | string[] | undefined>
}

/** It takes compressed pages, and unpacks them itself. */
const unpacked = (headers: IncomingHttpHeaders, body: Buffer): Buffer =>
  headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body

/** An http proxy of our own: *.localhost means nothing to this browser, and what passes shows where it is. */
async function proxy(port: number, seen: (page: Seen) => void): Promise<Server> {
  const server = createServer((asked, answer) => {
    const url = new URL(asked.url ?? '')
    const on = request(
      { host: '127.0.0.1', port, path: url.pathname + url.search, method: asked.method, headers: asked.headers },
      async (got) => {
        const chunks: Buffer[] = []
        for await (const chunk of got) chunks.push(chunk as Buffer)
        const body = Buffer.concat(chunks)
        const status = got.statusCode ?? 0
        // It speaks HTTP/1.0: no chunks, and it reads until the end of the connection.
        const { 'transfer-encoding': _, ...headers } = got.headers
        answer.writeHead(status, { ...headers, 'content-length': body.length, connection: 'close' })
        answer.end(body)
        if (status !== 303 && /html/.test(got.headers['content-type'] ?? ''))
          seen({ at: url.pathname, status, html: unpacked(got.headers, body).toString(), sent: asked.headers })
      },
    )
    on.on('error', () => answer.destroy())
    asked.pipe(on)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** Keys of w3m, as it comes. */
const keys = {
  enter: '\r',
  next: '\t',
  first: '[',
  top: 'g',
  goTo: 'U',
  save: 'S',
  back: 'B',
  empty: '\x05\x15',
  quit: 'Q',
}
/** What can be gone to with the next-link key, in the order of the page: links, and fields that are shown. */
const reachable = (page: HTMLElement) =>
  page
    .querySelectorAll('a[href], input, textarea, select, button')
    .filter((each) => each.getAttribute('type') !== 'hidden')

/** A person with a text browser in a terminal: everything is done with keys, and read from what it shows. */
export async function w3mPerson(
  portal: TestPortal,
  slug: string,
): Promise<Person & { sent(): Seen['sent']; screen(): Promise<string> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-w3m-'))
  let last: Seen = { at: '', status: 0, html: '', sent: {} }
  let page = parse('')
  let pages = 0
  const server = await proxy(portal.port, (seen) => {
    last = seen
    page = parse(seen.html)
    pages++
  })
  const options = {
    use_proxy: '1',
    no_proxy: '',
    http_proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accept_cookie: '1',
    use_cookie: '1',
    show_cookie: '0',
    auto_image: '0',
    use_history: '0',
    use_mouse: '0',
    confirm_qq: '0',
    display_charset: 'UTF-8',
    color: '0',
  }
  const flags = Object.entries(options)
    .map(([name, value]) => `-o ${name}=${value}`)
    .join(' ')
  const child = spawn('script', ['-qfec', `stty rows 200 cols 100; exec w3m -v ${flags}`, '/dev/null'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'xterm', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  child.stdout.on('data', (bytes: Buffer) => {
    shown += bytes.toString()
  })
  const type = (text: string) => {
    child.stdin.write(text)
  }
  /**
   * Presses a key and answers the question that follows.
   * @param again while a page is being read the browser may take no keys: press again
   */
  async function answers(key: string, question: string, text: string, { again = false } = {}): Promise<void> {
    const before = shown.length
    let looks = 0
    await until(
      `the browser asks "${question}"`,
      async () => {
        if (looks++ % 10 === 0 && (again || looks === 1)) type(key)
        return shown.slice(before).includes(question)
      },
      20_000,
    ).catch((cause: unknown) => {
      throw new Error(`${question} was not asked at ${last.at}; the terminal: ${JSON.stringify(shown.slice(-300))}`, {
        cause,
      })
    })
    type(`${keys.empty}${text}${keys.enter}`)
  }

  let saved = 0
  /** What the terminal shows, the whole page long, once the browser has done all that was typed before. */
  async function screen(): Promise<string> {
    const file = path.join(folder, `screen-${++saved}`)
    await answers(keys.save, 'Save buffer to:', file, { again: true })
    let words = ''
    await until(
      'the browser shows what it has',
      async () => {
        words = await readFile(file, 'utf8').catch(() => '')
        return words !== ''
      },
      20_000,
    )
    return words
  }
  /** Does something that leads to another page, and waits until it is on the screen. */
  async function leads(act: () => void | Promise<void>): Promise<void> {
    const before = pages
    await act()
    await until(`a page after ${last.at}`, async () => pages > before, 20_000)
    await screen()
  }
  function goOnto(element: HTMLElement): void {
    const nth = reachable(page).indexOf(element)
    if (nth < 0) throw new Error(`nothing to go to at ${last.at}: ${element.outerHTML.slice(0, 200)}`)
    type(`${keys.top}${keys.first}${keys.next.repeat(nth)}`)
  }
  const find = (selector: string) =>
    page.querySelector(selector) ??
    (() => {
      throw new Error(`${selector} is not at ${last.at}:\n${readable(page)}`)
    })()
  async function fillIn(name: string, value: string | boolean): Promise<void> {
    const field =
      typeof value === 'string' && find(`main [name="${name}"]`).getAttribute('type') === 'radio'
        ? find(`main [name="${name}"][value="${value}"]`)
        : find(`main [name="${name}"]`)
    goOnto(field)
    if (!['checkbox', 'radio'].includes(field.getAttribute('type') ?? ''))
      return answers(keys.enter, field.getAttribute('type') === 'password' ? 'Password:' : 'TEXT:', String(value))
    if (value !== field.hasAttribute('checked')) type(keys.enter)
  }
  function button(which?: string): HTMLElement {
    const all = page.querySelectorAll('button').filter((each) => each.getAttribute('type') === 'submit')
    const found = all.find((each) =>
      which?.startsWith('/')
        ? (each.getAttribute('formaction') ?? each.closest('form')?.getAttribute('action')) === which
        : which
          ? each.getAttribute('value') === which
          : each.closest('main') && each.closest('form')?.getAttribute('method') === 'post',
    )
    return (
      found ??
      (() => {
        throw new Error(`there is no button ${which ?? ''} at ${last.at}:\n${readable(page)}`)
      })()
    )
  }
  const address = (at: string) => (at.startsWith('http') ? at : portal.url(slug, at))
  /** The screen between header and footer is the page's main part: here the whole of it is read. */
  const reads = async () => (await screen()).replace(/\s+/g, ' ').trim()

  return {
    screen,
    sent: () => last.sent,
    reads,
    go: async (to) => leads(() => answers(keys.goTo, 'Goto URL:', address(to))),
    at: async () => last.at,
    status: () => last.status,
    heading: async () => {
      const heading = readable(find('h1'))
      expect(await reads()).toContain(heading)
      return heading
    },
    sees: async (selector) => page.querySelector(selector) !== null,
    words: async (selector) => {
      const words = readable(find(selector))
      expect(await reads()).toContain(words)
      return words
    },
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) await fillIn(name, value)
    },
    press: async (which) =>
      leads(() => {
        goOnto(button(which))
        type(keys.enter)
      }),
    follow: async (link) =>
      leads(() => {
        goOnto(find(link.startsWith('/') ? `a[href^="${link}"]` : link))
        type(keys.enter)
      }),
    mistakes: async () =>
      Object.fromEntries(
        page
          .querySelectorAll('.govuk-error-summary__list li')
          .map((line) => [line.querySelector('a')?.getAttribute('href')?.slice(1) ?? '', readable(line)]),
      ),
    picture: async () => {
      throw new Error('a text browser shows no pictures')
    },
    back: async () => {
      type(keys.back)
      await screen()
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      type(keys.quit)
      setTimeout(() => child.kill('SIGKILL'), 2000).unref()
      await gone
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
