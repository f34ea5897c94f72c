/** What a service worker needs of its world here (Service Workers, Push API, Notifications API). */
interface Worker {
  registration: { showNotification(title: string, options: { body: string; tag: string; data: string }): Promise<void> }
  clients: { openWindow(url: string): Promise<unknown> }
  addEventListener(
    name: 'push',
    act: (event: { data: { json(): Signal } | null; waitUntil(work: Promise<unknown>): void }) => void,
  ): void
  addEventListener(
    name: 'notificationclick',
    act: (event: { notification: { data: string; close(): void }; waitUntil(work: Promise<unknown>): void }) => void,
  ): void
}
interface Signal {
  title: string
  body: string
  url: string
}

const worker = globalThis as unknown as Worker

// Wakes somebody: that a question waits, and where it is answered. One signal at a time; the newest question is the only one that counts.
worker.addEventListener('push', (event) => {
  const signal = event.data?.json()
  if (signal)
    event.waitUntil(
      worker.registration.showNotification(signal.title, { body: signal.body, tag: 'approval', data: signal.url }),
    )
})
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(worker.clients.openWindow(event.notification.data))
})
