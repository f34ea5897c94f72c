const able = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** Asks the browser to be woken, and sends what it gives along with the form. */
async function subscribe(part: HTMLElement): Promise<void> {
  const field = part.querySelector<HTMLInputElement>('[name=subscription]')
  const failed = part.querySelector<HTMLElement>('[data-failed]')
  try {
    if ((await Notification.requestPermission()) !== 'granted') throw new Error('not allowed')
    const registration = await navigator.serviceWorker.register(part.dataset.worker ?? '', { scope: '/approve' })
    await ready(registration)
    const given = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: part.dataset.waking ?? '',
    })
    const { endpoint, keys } = given.toJSON()
    if (field?.form) {
      field.value = JSON.stringify({ endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } })
      field.form.requestSubmit()
    }
  } catch (error) {
    // Why is the browser's affair; what can be done stands in the page's own words.
    console.warn(error)
    if (failed) {
      failed.hidden = false
      failed.textContent = failed.dataset.failed ?? ''
    }
  }
}

/** A worker that was just registered cannot be subscribed before it is active. */
function ready({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> | void {
  const coming = installing ?? waiting
  if (active || !coming) return
  return new Promise((resolve) =>
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve()
    }),
  )
}

const part = document.querySelector<HTMLElement>('[data-waking]')
if (part && able()) {
  part.hidden = false
  part.querySelector('button')?.addEventListener('click', () => void subscribe(part))
}
