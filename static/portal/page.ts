/** What htmx tells in its events, as far as we look at it. */
export interface Exchange {
  ctx?: {
    sourceElement: Element
    sourceEvent?: Event
    target?: Element | string
    swap?: string
    text?: string
    response?: { status: number; headers: Headers }
    request: { headers: Record<string, string> }
    keepIndicators?: boolean
  }
}

const live = () => document.getElementById('live')

/** Says something to everybody: shown at the foot of the page and read aloud; nothing else moves. */
export function say(text: string): void {
  const region = live()
  if (!region) return
  region.classList.remove('live--quiet')
  region.textContent = text
}

/** Says something only to those who cannot see the change. */
export function whisper(text: string): void {
  const region = live()
  if (!region) return
  region.classList.add('live--quiet')
  region.textContent = text
}

/** The words for "no answer came", "the server is in trouble" and "it is being sent", in the page's language. */
export const offline = () => live()?.dataset.offline ?? ''
export const trouble = () => live()?.dataset.trouble ?? ''
export const sending = () => live()?.dataset.sending ?? ''

/** Runs now for the whole page and later for everything htmx brings in. */
export function everywhere(act: (root: ParentNode) => void): void {
  document.addEventListener('DOMContentLoaded', () => act(document))
  document.addEventListener('htmx:after:swap', () => act(document))
}
