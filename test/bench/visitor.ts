import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { parse, type HTMLElement } from 'node-html-parser'
import type { Ask } from './load-job.ts'
import type { Product } from './product.ts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** One request, on a connection of its own. */
export async function ask(port: number, { method = 'GET', path, headers, body }: Ask): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>
  asked.end(body)
  const [response] = await answered
  const chunks = (await response.toArray()) as Buffer[]
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }
}

let visitors = 0

/** Somebody with a browser without script, behind the proxy, from a network of their own. */
export class Visitor {
  readonly product: Product
  readonly slug: string
  readonly cookies = new Map<string, string>()
  readonly #network = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors++ & 255}`
  at = '/'
  page: HTMLElement = parse('')

  constructor(product: Product, slug: string) {
    this.product = product
    this.slug = slug
  }

  /** The headers of every request of theirs. */
  get headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return {
      host: this.product.host(this.slug),
      'x-forwarded-proto': 'https',
      'x-forwarded-for': this.#network,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      accept: 'text/html',
      ...(cookie && { cookie }),
    }
  }

  /** A form as a browser sends it, with the token of the page they are on. */
  post(path: string, fields: Record<string, string>): Ask {
    const hidden = this.page
      .querySelectorAll('main input[type=hidden]')
      .map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? ''])
    const headers = {
      ...this.headers,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString()
    return { method: 'POST', path, headers, body }
  }

  /** Asks, and follows where it leads. @returns the status of the last answer */
  async follow(asked: Ask): Promise<number> {
    const { status, headers, body } = await ask(this.product.port, asked)
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.cookies.set(name, value)
    }
    const to = headers.location
    if (to) return this.follow({ path: to, headers: this.headers })
    if (asked.method !== 'POST') this.at = asked.path
    this.page = parse(body.toString())
    return status
  }

  go = (path: string): Promise<number> => this.follow({ path, headers: this.headers })

  /** Fills in the page's form and sends it. @throws Error with the page, where there is no form or it is refused */
  async send(fields: Record<string, string>): Promise<void> {
    const form = this.page.querySelector('main form[method=post]')
    const status = form ? await this.follow(this.post(form.getAttribute('action') ?? this.at, fields)) : 0
    if (status !== 200) throw new Error(`${status} at ${this.at}: ${this.page.querySelector('main')?.structuredText}`)
  }
}
