import { everywhere } from './page.ts'

/** What only works with a script stands in the page without a word of its own, so that a browser that has none shows nothing that does nothing, not even in plain text. */
function button(mark: HTMLElement): void {
  const made = document.createElement('button')
  for (const { name, value } of mark.attributes) if (name !== 'data-button') made.setAttribute(name, value)
  made.type = 'button'
  made.append(...mark.childNodes, mark.dataset.button ?? '')
  mark.replaceWith(made)
}

/** Makes the buttons and words that only somebody with a script can use. */
export function makeButtons(): void {
  everywhere((root) => {
    root.querySelectorAll<HTMLElement>('[data-button]').forEach(button)
    root.querySelectorAll<HTMLElement>('[data-words]').forEach((part) => {
      part.textContent = part.dataset.words ?? ''
    })
  })
}
