import { chromium } from 'playwright-core'
import type { Line, Row } from '../measure.ts'
import { spread } from '../stats.ts'
import { browserProgram } from '../../support/chromium.ts'

interface Loaded {
  bytes: number
  requests: string[]
  /** What the page itself came in. */
  encoding: string
}

/** Opens an address in a browser that knows nothing yet, behind a proxy as in production. */
async function opened(address: string): Promise<Loaded> {
  const { path, args } = await browserProgram()
  const browser = await chromium.launch({ executablePath: path, args })
  try {
    const page = await browser.newPage({ extraHTTPHeaders: { 'x-forwarded-proto': 'https' } })
    const wire = await page.context().newCDPSession(page)
    await wire.send('Network.enable')
    const loaded: Loaded = { bytes: 0, requests: [], encoding: 'none' }
    wire.on('Network.requestWillBeSent', ({ request }) => void loaded.requests.push(new URL(request.url).pathname))
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => void (loaded.bytes += encodedDataLength))
    const answer = await page.goto(address, { waitUntil: 'networkidle' })
    loaded.encoding = answer?.headers()['content-encoding'] ?? 'none'
    return loaded
  } finally {
    await browser.close()
  }
}

/** What somebody who comes for the first time waits for: bytes over the wire, headers too, and requests. */
export const firstView: Row = {
  name: 'first-view',
  async measure(world) {
    const { product } = await world.site(10_000)
    const { bytes, requests, encoding } = await opened(`http://${product.host('linde')}/sign-in`)
    const line = (what: string, unit: string, goal: number, measured: number): Line => ({
      what,
      unit: `${unit}, goal`,
      goal: `≤ ${goal}`,
      ratio: spread([measured / goal]),
      product: spread([measured]),
      reference: spread([goal]),
    })
    return [
      { ...line('first view, weight', 'kB', 50, bytes / 1024), note: `compression of the page: ${encoding}` },
      { ...line('first view, requests', 'requests', 5, requests.length), note: requests.join(' ') },
    ]
  },
}
