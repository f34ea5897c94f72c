import { everywhere } from './page.ts'

/** What is open now: the button that opened it, the part it opened, and how that is closed. */
interface Opened {
  button: HTMLButtonElement
  part: HTMLElement
  close(): void
}
let opened: Opened | null = null

function shut(): void {
  opened?.button.setAttribute('aria-expanded', 'false')
  opened?.close()
  opened = null
}

/** The whole menu, where the header has room for one row only. */
function menu(button: HTMLButtonElement): Opened {
  const part = document.getElementById('menu') as HTMLElement
  part.classList.add('menu--open')
  return { button, part, close: () => part.classList.remove('menu--open') }
}

/** The tabs for which the bar has no module, under the button. */
function rest(button: HTMLButtonElement): Opened {
  const part = document.createElement('ul')
  part.className = 'more'
  part.id = 'more'
  const hidden = [...(button.closest('ul')?.children ?? [])].filter((tab) => getComputedStyle(tab).display === 'none')
  part.append(...hidden.map((tab) => tab.cloneNode(true)))
  button.after(part)
  return { button, part, close: () => part.remove() }
}

/** The link's own looks, as a button: nothing moves when the script takes over. */
function buttonFrom(link: HTMLAnchorElement): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = link.className
  button.dataset.opens = link.dataset.opens
  button.setAttribute('aria-expanded', 'false')
  button.setAttribute('aria-controls', link.dataset.opens ?? '')
  button.append(...link.childNodes)
  link.replaceWith(button)
}

function pressed({ target }: Event): void {
  const button = (target as Element).closest<HTMLButtonElement>('button[data-opens]')
  const same = button === opened?.button
  const inside = opened?.part.contains(target as Node) && !(target as Element).closest('a')
  if (!inside) shut()
  if (!button || same) return
  button.setAttribute('aria-expanded', 'true')
  opened = button.dataset.opens === 'more' ? rest(button) : menu(button)
}

function left({ target }: Event): void {
  if (opened && !opened.part.contains(target as Node) && target !== opened.button) shut()
}

function escaped({ key }: KeyboardEvent): void {
  if (key !== 'Escape' || !opened) return
  const { button } = opened
  shut()
  button.focus()
}

/**
 * "Menu" and "More" are links to a page that has everything. With a script they are buttons that open it in place
 * (disclosure pattern of the ARIA authoring practices): Escape closes it, and so does leaving it.
 */
export function menus(): void {
  everywhere((root) => {
    // The tabs may be new, with another page around which they stand.
    if (opened && !opened.button.isConnected) opened = null
    root.querySelectorAll<HTMLAnchorElement>('a[data-opens]').forEach(buttonFrom)
  })
  document.addEventListener('click', pressed)
  document.addEventListener('focusin', left)
  document.addEventListener('keydown', escaped)
  window.addEventListener('pagehide', shut)
  let width = window.innerWidth
  // A phone's address bar changes the height only.
  window.addEventListener('resize', () => {
    if (width !== window.innerWidth) shut()
    width = window.innerWidth
  })
}
