import { everywhere } from './page.ts'

/** Whether this browser can do it all: make, use, and read and write the options as JSON (WebAuthn Level 3). */
const able = () =>
  'PublicKeyCredential' in window &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential &&
  'toJSON' in PublicKeyCredential.prototype

/** Where passkeys work their buttons come out, and the words for everybody else go. */
function show(root: ParentNode): void {
  if (!able()) return
  root.querySelectorAll('[data-passkey-with]').forEach((part) => part.removeAttribute('hidden'))
  root.querySelectorAll('[data-passkey-without]').forEach((part) => part.setAttribute('hidden', ''))
}

function asked(kind: string, options: string): Promise<Credential | null> {
  return kind === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) })
}

/** Says in the page's own words that nothing came of it. */
function failed(part: HTMLElement, error: unknown): void {
  const says = part.querySelector<HTMLElement>('[data-failed]')
  if (!says) return
  says.hidden = false
  says.textContent = ((error as Error).name === 'InvalidStateError' ? says.dataset.there : says.dataset.failed) ?? ''
}

async function use(part: HTMLElement): Promise<void> {
  const field = part.querySelector('input')
  if (!field?.form || part.ariaBusy === 'true') return
  part.ariaBusy = 'true'
  try {
    const made = (await asked(part.dataset.passkey ?? '', part.dataset.options ?? '')) as PublicKeyCredential
    field.value = JSON.stringify(made.toJSON())
    field.form.requestSubmit()
  } catch (error) {
    failed(part, error)
  } finally {
    part.ariaBusy = null
  }
}

/** Making and using a passkey: the browser asks the person, the answer goes along with the form. */
export function passkeys(): void {
  everywhere(show)
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest?.('[data-passkey] button')
    if (button) void use(button.closest('[data-passkey]') as HTMLElement)
  })
}
