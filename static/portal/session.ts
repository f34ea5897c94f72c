const seconds = 1000

/**
 * Warns before an idle session ends and lets the person stay, on this page and in every other tab; what was typed stays
 * where it is. When it has ended nothing of the page is left to read, and signing in leads back to it.
 */
export function session(): void {
  document.addEventListener('DOMContentLoaded', () => {
    const told = document.getElementById('timeout')
    if (told) watch(told.dataset)
  })
}

/** The page to come back to: a form may have led to another one since. */
const pageNow = () => document.getElementById('timeout')?.dataset.after ?? '/'

/** What the page says of its session: texts, addresses and numbers of seconds. */
type Told = DOMStringMap

/** A dialog with a heading, a text, and what can be done. Made here: who has no script has no use for it. */
function dialogOf(title: string, text: string, act: HTMLElement): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  const [heading, words] = [document.createElement('h2'), document.createElement('p')]
  Object.assign(dialog, { className: 'timeout' })
  Object.assign(heading, { className: 'govuk-heading-m', id: 'timeout-title', textContent: title })
  Object.assign(words, { className: 'govuk-body', textContent: text })
  dialog.setAttribute('aria-labelledby', heading.id)
  dialog.append(heading, words, act)
  return dialog
}

function warning(told: Told, stay: () => void): HTMLDialogElement {
  const button = Object.assign(document.createElement('button'), {
    className: 'govuk-button',
    type: 'button',
    textContent: told.stay ?? '',
  })
  const dialog = dialogOf(told.title ?? '', told.text ?? '', button)
  button.addEventListener('click', stay)
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    stay()
  })
  return dialog
}

/** Takes the whole page away, its title too: whoever comes by reads nothing. */
function ended(told: Told): void {
  const link = Object.assign(document.createElement('a'), {
    className: 'govuk-button',
    href: pageNow(),
    textContent: told.signIn ?? '',
  })
  const dialog = dialogOf(told.overTitle ?? '', told.overText ?? '', link)
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  document.title = told.overTitle ?? ''
  document.body.replaceChildren(dialog)
  dialog.showModal()
}

function watch(told: Told): void {
  const tabs = new BroadcastChannel('session')
  const [idle, warn] = [Number(told.idle) * seconds, Number(told.warn) * seconds]
  const last = Date.now() + Number(told.most) * seconds
  const dialog = warning(told, () => void stay())
  document.body.append(dialog)
  let timers: number[] = []
  let end = last
  const over = () => {
    tabs.close()
    timers.forEach((timer) => clearTimeout(timer))
    ended(told)
  }
  const alive = () => {
    timers.forEach((timer) => clearTimeout(timer))
    dialog.close()
    end = Math.min(Date.now() + idle, last)
    timers = [window.setTimeout(over, end - Date.now())]
    // The very end cannot be put off: then there is nothing to ask.
    if (end < last) timers.push(window.setTimeout(() => dialog.showModal(), idle - warn))
  }
  const seen = () => {
    alive()
    tabs.postMessage('seen')
  }
  const stay = async () => {
    const token = document.querySelector<HTMLInputElement>('[name=_csrf]')?.value ?? ''
    const body = new URLSearchParams({ _csrf: token })
    const answer = await fetch(told.keep ?? '', { method: 'POST', body, headers: { 'HX-Request': 'true' } }).catch(
      () => null,
    )
    if (answer?.ok) seen()
    else location.href = pageNow()
  }
  tabs.onmessage = alive
  // Timers rest while a computer sleeps: who opens it again meets the end, not the page.
  const woken = () => {
    if (!document.hidden && Date.now() >= end && document.body.contains(dialog)) over()
  }
  document.addEventListener('visibilitychange', woken)
  window.addEventListener('pageshow', woken)
  // Every answer to a person keeps the session alive; a widget that refreshes by itself does not.
  document.addEventListener('htmx:after:request', (event) => {
    const headers = (event as CustomEvent<{ ctx?: { request: { headers: Record<string, string> } } }>).detail.ctx
      ?.request.headers
    if (!headers?.['HX-Background']) seen()
  })
  seen()
}
