import htmx from 'htmx.org'
import { offline, say, trouble } from './page.ts'

function bar(form: HTMLFormElement): HTMLProgressElement {
  const made = document.createElement('progress')
  made.className = 'upload-progress'
  made.max = 1
  made.setAttribute('aria-label', form.dataset.upload ?? '')
  form.append(made)
  return made
}

function failed(form: HTMLFormElement, why: string): void {
  form.querySelector('progress')?.remove()
  form.removeAttribute('aria-busy')
  say(why)
}

function answered(form: HTMLFormElement, request: XMLHttpRequest): void {
  const next = request.getResponseHeader('HX-Redirect')
  if (request.status >= 500 && !request.getResponseHeader('HX-Retarget')) return failed(form, trouble())
  const target = document.querySelector(request.getResponseHeader('HX-Retarget') ?? '#main')
  const push = request.getResponseHeader('HX-Push-Url') ?? undefined
  if (next) location.href = next
  else if (target) void htmx.swap({ sourceElement: form, target, swap: 'innerHTML', text: request.responseText, push })
}

function send(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement
  if (!form.matches('form[data-upload]')) return
  event.preventDefault()
  const body = new FormData(form, event.submitter)
  const shown = bar(form)
  const request = new XMLHttpRequest()
  request.upload.onprogress = (sent) => {
    shown.value = sent.total ? sent.loaded / sent.total : 0
  }
  request.onload = () => answered(form, request)
  request.onerror = () => failed(form, offline())
  request.open('POST', form.action)
  request.setRequestHeader('HX-Request', 'true')
  request.send(body)
}

/** Sending files shows how far it is; without a script the form is simply sent. */
export function uploads(): void {
  document.addEventListener('submit', send)
}
