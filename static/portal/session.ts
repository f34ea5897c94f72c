const seconds = 1000

/** Warns before an idle session ends and lets the person stay, on this page and in every other tab; what was typed stays where it is. */
export function session(): void {
  document.addEventListener('DOMContentLoaded', () => {
    const dialog = document.querySelector<HTMLDialogElement>('dialog[data-session]')
    if (dialog) watch(dialog)
  })
}

function watch(dialog: HTMLDialogElement): void {
  const tabs = new BroadcastChannel('session')
  const idle = Number(dialog.dataset.session) * seconds
  const warn = Number(dialog.dataset.warn) * seconds
  let timers: number[] = []
  const alive = () => {
    timers.forEach((timer) => clearTimeout(timer))
    if (dialog.open) dialog.close()
    timers = [window.setTimeout(() => dialog.showModal(), idle - warn), window.setTimeout(over, idle)]
  }
  const over = () => dialog.querySelector('[data-over]')?.removeAttribute('hidden')
  const seen = () => { alive(); tabs.postMessage('seen') }
  const stay = async () => {
    const body = new URLSearchParams({ _csrf: dialog.dataset.csrf ?? '' })
    const answer = await fetch(dialog.dataset.keep ?? '', { method: 'POST', body, headers: { 'HX-Request': 'true' } }).catch(() => null)
    if (answer?.ok) seen()
    else location.href = dialog.dataset.after ?? '/'
  }
  tabs.onmessage = alive
  dialog.querySelector('[data-stay]')?.addEventListener('click', () => void stay())
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); void stay() })
  // Every answer to a person keeps the session alive; a widget that refreshes by itself does not.
  document.addEventListener('htmx:after:request', (event) => {
    const headers = (event as CustomEvent<{ ctx?: { request: { headers: Record<string, string> } } }>).detail.ctx?.request.headers
    if (!headers?.['HX-Background']) seen()
  })
  seen()
}
