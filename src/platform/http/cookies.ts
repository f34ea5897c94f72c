import { parse } from 'cookie'
import type { CookieOptions, Request, Response } from 'express'

/**
 * The cookies of a request, and those that go back with its answer: no script reads them, no other site sends them along,
 * and over https they carry the `__Host-` prefix, so that no neighbouring host can put one there (RFC 6265bis §4.1.3.2).
 */
export class Cookies {
  readonly #request: Request
  readonly #response: Response
  #sent: Record<string, string | undefined> | null = null
  constructor(request: Request, response: Response) {
    this.#request = request
    this.#response = response
  }

  get(name: string): string | null {
    this.#sent ??= parse(this.#request.get('cookie') ?? '')
    return this.#sent[this.#nameOf(name)] ?? null
  }
  /** @param life in milliseconds; without one it lives as long as the browser is open */
  set(name: string, value: string, life?: number): void {
    this.#response.cookie(this.#nameOf(name), value, {
      ...this.#options(),
      ...(life !== undefined && { maxAge: life }),
    })
  }
  clear(name: string): void {
    this.#response.clearCookie(this.#nameOf(name), this.#options())
  }

  #options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.#request.secure, path: '/' }
  }
  #nameOf(name: string): string {
    return this.#request.secure ? `__Host-${name}` : name
  }
}
