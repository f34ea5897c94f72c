import { parse } from 'cookie'
import type { CookieOptions, Request, Response } from 'express'

/**
 * The cookies of a request, and those that go back with its answer: no script reads them, no other site sends them along,
 * and over https they carry the `__Host-` prefix, so that no neighbouring host can put one there (RFC 6265bis §4.1.3.2).
 */
export class Cookies {
  readonly #request: Request
  readonly #response: Response
  #jar: Record<string, string | undefined> | null = null
  /** Whether it came over https: behind a proxy, each look compares addresses. */
  readonly #secure: boolean
  constructor(request: Request, response: Response) {
    this.#request = request
    this.#response = response
    this.#secure = request.secure
  }

  /** What the browser has by that name, with what this answer gives it: the page that comes along with a form sees it too. */
  get(name: string): string | null {
    return this.#all()[this.#nameOf(name)] ?? null
  }
  /** @param life in milliseconds; without one it lives as long as the browser is open */
  set(name: string, value: string, life?: number): void {
    this.#all()[this.#nameOf(name)] = value
    this.#response.cookie(this.#nameOf(name), value, {
      ...this.#options(),
      ...(life !== undefined && { maxAge: life }),
    })
  }
  clear(name: string): void {
    this.#all()[this.#nameOf(name)] = undefined
    this.#response.clearCookie(this.#nameOf(name), this.#options())
  }

  #all(): Record<string, string | undefined> {
    return (this.#jar ??= parse(this.#request.get('cookie') ?? ''))
  }
  #options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.#secure, path: '/' }
  }
  #nameOf(name: string): string {
    return this.#secure ? `__Host-${name}` : name
  }
}
