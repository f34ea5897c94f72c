import type { Exchange } from './page.ts'
import { offline, say, sending, trouble, whisper } from './page.ts'

const detail = (event: Event) => (event as CustomEvent<Exchange>).detail
/** A quick answer needs no word about waiting for it; in milliseconds. */
const patience = 400

/** A form that waits for its answer says so: on the button that was pressed, and to who cannot see it. */
function busy(form: Element, on: boolean, pressed: Element | null = null): void {
  if (!on) {
    form.removeAttribute('aria-busy')
    form.querySelectorAll('[data-sending]').forEach((button) => button.removeAttribute('data-sending'))
    return
  }
  if (form.hasAttribute('aria-busy')) return
  form.setAttribute('aria-busy', 'true')
  setTimeout(() => {
    if (!form.isConnected || !form.hasAttribute('aria-busy')) return
    const button = pressed ?? form.querySelector('button[type=submit]')
    button?.setAttribute('data-sending', sending())
    whisper(sending())
  }, patience)
}

/** After a swap of the page's content the reader is put where it begins: at the mistakes, or at the new page. */
function landed(event: Event): void {
  const { ctx } = detail(event)
  const region = document.querySelector('[data-announce]')
  if (ctx?.sourceElement instanceof HTMLInputElement && region) whisper(region.textContent ?? '')
  const main = document.getElementById('main')
  const target = typeof ctx?.target === 'string' ? document.querySelector(ctx.target) : ctx?.target
  if (!main || target !== main) return
  const mistakes = main.querySelector<HTMLElement>('.govuk-error-summary')
  const heading = main.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  if (!mistakes) window.scrollTo(0, 0)
  ;(mistakes ?? heading ?? main).focus()
}

/**
 * Nothing goes out of a form that is being sent. A widget that refreshes itself rests while nobody looks and while somebody
 * is in it, and says that no person asked for it.
 */
function going(event: Event): void {
  const { ctx } = detail(event)
  if (ctx?.sourceElement.closest('form[aria-busy]')) return event.preventDefault()
  if (ctx?.sourceEvent?.type !== 'every') return
  if (document.hidden || ctx.sourceElement.contains(document.activeElement)) event.preventDefault()
  else ctx.request.headers['HX-Background'] = 'true'
}

/** A form that was sent waits for its answer: a second press does nothing, also while the next page is being fetched. */
function once(event: Event): void {
  const form = event.target as HTMLFormElement
  if (form.getAttribute('aria-busy') === 'true') {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  if (!form.hasAttribute('hx-post')) busy(form, true, (event as SubmitEvent).submitter)
}

function mark(event: Event, on: boolean): void {
  const form = detail(event).ctx?.sourceElement.closest('form')
  if (!form || (!on && detail(event).ctx?.keepIndicators)) return
  busy(form, on, (detail(event).ctx?.sourceEvent as SubmitEvent | undefined)?.submitter ?? null)
}

/** An error that is no page of ours (a proxy's, say) never takes the place of what somebody is filling in. */
function foreign(event: Event): void {
  const { ctx } = detail(event)
  if ((ctx?.response?.status ?? 0) < 500 || ctx?.response?.headers.has('HX-Retarget')) return
  event.preventDefault()
  say(trouble())
}

/** Answers of the server: busy state, focus, refreshing in the background, a failing network. */
export function answers(): void {
  document.addEventListener('submit', once, true)
  document.addEventListener('htmx:config:request', going)
  document.addEventListener('htmx:before:request', (event) => {
    if (!(detail(event).ctx?.sourceElement instanceof HTMLInputElement)) mark(event, true)
  })
  document.addEventListener('htmx:finally:request', (event) => mark(event, false))
  document.addEventListener('htmx:before:swap', foreign)
  document.addEventListener('htmx:after:swap', landed)
  document.addEventListener('htmx:error', () => say(offline()))
  // Back to a page the browser kept: it may be used again.
  window.addEventListener('pageshow', () =>
    document.querySelectorAll('form[aria-busy]').forEach((form) => busy(form, false)),
  )
}
