import { whisper } from './page.ts'

const textOf = (id: string) =>
  [...document.querySelectorAll(`#${CSS.escape(id)} span`)].map((group) => group.textContent).join(' ')

function toggle(button: HTMLButtonElement): void {
  const field = document.getElementById(button.getAttribute('aria-controls') ?? '') as HTMLInputElement | null
  if (!field) return
  const show = field.type === 'password'
  field.type = show ? 'text' : 'password'
  button.textContent = (show ? button.dataset.hide : button.dataset.show) ?? ''
  button.setAttribute('aria-label', (show ? button.dataset.hideLabel : button.dataset.showLabel) ?? '')
}

async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(textOf(button.dataset.copy ?? ''))
  const said = button.dataset.done ?? ''
  button.lastChild!.textContent = said
  whisper(said)
}

function download(button: HTMLButtonElement): void {
  const link = document.createElement('a')
  const { head = '', download: code = '', foot = '' } = button.dataset
  // With the line ends every editor knows, and a mark that it is UTF-8.
  const text = `\uFEFF${head}\n${textOf(code)}\n\n${foot}\n`.replaceAll('\n', '\r\n')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  link.download = button.dataset.file ?? ''
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

function pressed(event: Event): void {
  const button = (event.target as Element).closest?.('button')
  if (!button) return
  if (button.matches('.govuk-password-input__toggle')) toggle(button)
  else if (button.dataset.copy) void copy(button)
  else if (button.dataset.download) download(button)
  else if ('print' in button.dataset) window.print()
}

/** A password is sent as a password, never as text a browser would remember. */
function hideAgain(event: Event): void {
  for (const button of (event.target as Element).querySelectorAll<HTMLButtonElement>('.govuk-password-input__toggle')) {
    const field = document.getElementById(button.getAttribute('aria-controls') ?? '') as HTMLInputElement | null
    if (field?.type === 'text') toggle(button)
  }
}

/** Show and hide a password; copy, print and save a code. */
export function secrets(): void {
  document.addEventListener('click', pressed)
  document.addEventListener('submit', hideAgain, true)
}
