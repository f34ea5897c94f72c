import { request } from 'node:http'
import { parse, type HTMLElement } from 'node-html-parser'
import { expect } from 'vitest'
import type { TestPortal } from './portal.ts'
import { text as readable } from './words.ts'
import type { Person } from './person.ts'

export interface Response {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  text: string
}
export interface Ask {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** A person with a browser that has no JavaScript, down to the bytes on the line. */
export interface HttpPerson extends Person {
  /** One request with this browser's cookies, no redirect followed. */
  ask(at: string, ask?: Ask): Promise<Response>
  /** The fields the form of this button would send now, as a browser sends them. */
  form(which?: string): Sending
  /** Sends what `form` gave; follows where it leads. */
  send(sending: Sending): Promise<void>
  cookies: Map<string, string>
  page(): HTMLElement
}
export interface Sending {
  action: string
  method: string
  fields: [string, string][]
}

/** One request to the installation, with exactly these headers. */
export function ask(
  portal: TestPortal,
  slug: string | undefined,
  at: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: portal.port,
        path: at,
        method,
        headers: { host: portal.host(slug), ...headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = []
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => {
            const all = Buffer.concat(chunks)
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: all,
              text: all.toString('utf8'),
            })
          })
      },
    ).on('error', reject)
    asked.end(body)
  })
}

/** What must hold of every page, whatever it says. */
function wellMannered(response: Response, at: string): void {
  const { headers, status } = response
  expect(status, `${at}: ${readable(parse(response.text).querySelector('main') ?? parse(response.text))}`).toBeLessThan(
    500,
  )
  expect(headers['content-security-policy'], at).toContain("default-src 'none'")
  expect(headers['x-content-type-options'], at).toBe('nosniff')
  expect(headers['x-powered-by'], at).toBeUndefined()
  if (status !== 303) expect(headers['cache-control'], at).toContain('no-store')
  expect(response.text, at).not.toMatch(/\bundefined\b|\[object Object\]/)
}

/** @param always headers that go with every request: where it comes from, as a proxy says it */
export function httpPerson(portal: TestPortal, slug: string, always: Record<string, string> = {}): HttpPerson {
  const cookies = new Map<string, string>()
  const typed = new Map<string, string | boolean>()
  const been: string[] = []
  let here = '/'
  let page = parse('')
  let last = 0

  function keep(response: Response): void {
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      expect(line).toMatch(/HttpOnly/i)
      expect(line).toMatch(/SameSite=Lax/i)
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }

  async function asked(at: string, { headers = {}, ...rest }: Ask = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await ask(portal, slug, at, {
      ...rest,
      headers: { 'user-agent': 'A person', accept: 'text/html', ...(cookie && { cookie }), ...always, ...headers },
    })
    keep(response)
    return response
  }

  /** Shows an answer, after following where it sends us. */
  async function show(response: Response, at: string, hops = 0): Promise<void> {
    wellMannered(response, at)
    if (response.status === 303) {
      expect(hops, `${at} goes round in circles`).toBeLessThan(8)
      const to = String(response.headers.location)
      expect(to, 'a redirect stays at this firm').toMatch(/^\/(?!\/)/)
      return show(await asked(to), to, hops + 1)
    }
    here = at
    been.push(at)
    last = response.status
    typed.clear()
    page = parse(response.text)
  }

  function buttonOf(which?: string): { button: HTMLElement; form: HTMLElement } {
    const all = page
      .querySelectorAll('button[type=submit]')
      .map((button) => ({ button, form: button.closest('form')! }))
    const fits = ({ button, form }: { button: HTMLElement; form: HTMLElement }) =>
      which?.startsWith('/')
        ? (button.getAttribute('formaction') ?? form.getAttribute('action')) === which
        : which
          ? button.getAttribute('value') === which
          : button.closest('main') !== null && form.getAttribute('method') === 'post'
    const found = all.find(fits)
    if (!found)
      throw new Error(`there is no button ${which ?? ''} at ${here}:\n${readable(page.querySelector('main') ?? page)}`)
    return found
  }

  function valueOf(field: HTMLElement, name: string): string[] {
    const said = typed.get(name)
    const type = field.getAttribute('type')
    const value = field.getAttribute('value') ?? ''
    if (type === 'checkbox') return (said ?? field.hasAttribute('checked')) ? [value] : []
    if (type === 'radio') return (said === undefined ? field.hasAttribute('checked') : said === value) ? [value] : []
    if (field.tagName === 'SELECT' && said === undefined)
      return [(field.querySelector('option[selected]') ?? field.querySelector('option'))?.getAttribute('value') ?? '']
    return [said === undefined ? (field.tagName === 'TEXTAREA' ? field.textContent : value) : String(said)]
  }

  function form(which?: string): Sending {
    const { button, form: chosen } = buttonOf(which)
    const fields = chosen.querySelectorAll('input, textarea, select').flatMap((field): [string, string][] => {
      const name = field.getAttribute('name')
      return name ? valueOf(field, name).map((value) => [name, value]) : []
    })
    const name = button.getAttribute('name')
    if (name) fields.push([name, button.getAttribute('value') ?? ''])
    return {
      action: button.getAttribute('formaction') ?? chosen.getAttribute('action') ?? here,
      method: chosen.getAttribute('method') ?? 'get',
      fields,
    }
  }

  async function send({ action, method, fields }: Sending): Promise<void> {
    const body = new URLSearchParams(fields).toString()
    if (method === 'get') return show(await asked(`${action}?${body}`), `${action}?${body}`)
    await show(
      await asked(action, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: portal.url(slug, ''),
          referer: portal.url(slug, here),
          'sec-fetch-site': 'same-origin',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        },
      }),
      action,
    )
  }

  const path = (address: string) =>
    address.startsWith('http') ? new URL(address).pathname + new URL(address).search : address
  const find = (selector: string) =>
    page.querySelector(selector) ??
    (() => {
      throw new Error(`${selector} is not at ${here}`)
    })()

  return {
    cookies,
    ask: asked,
    form,
    send,
    page: () => page,
    go: async (address) => show(await asked(path(address)), path(address)),
    at: async () => here,
    status: () => last,
    reads: async () => readable(page.querySelector('main') ?? page),
    heading: async () => readable(find('h1')),
    sees: async (selector) => page.querySelector(selector) !== null,
    words: async (selector) => readable(find(selector)),
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) {
        find(`[name="${name}"]`)
        typed.set(name, value)
      }
    },
    press: async (which) => send(form(which)),
    async follow(link) {
      const to = find(link.startsWith('/') ? `a[href^="${link}"]` : link).getAttribute('href') ?? ''
      await show(await asked(path(to)), path(to))
    },
    mistakes: async () =>
      Object.fromEntries(
        page
          .querySelectorAll('.govuk-error-summary__list li')
          .map((line) => [line.querySelector('a')?.getAttribute('href')?.slice(1) ?? '', readable(line)]),
      ),
    async picture(selector) {
      return (await asked(find(selector).getAttribute('src') ?? '')).body
    },
    async back() {
      been.pop()
      const to = been.pop() ?? '/'
      await show(await asked(to), to)
    },
    close: async () => {},
  }
}
