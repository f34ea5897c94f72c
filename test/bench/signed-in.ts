import { TOTP, Secret } from 'otpauth'
import { email, nthActive, password, staff, username } from './seed.ts'
import { Visitor } from './visitor.ts'
import type { Site, World } from './world.ts'

async function enters(world: World, site: Site, who: { username: string; email: string }): Promise<Visitor> {
  const visitor = new Visitor(site.product, 'linde')
  await visitor.go('/sign-in')
  await visitor.send({ identifier: who.username, password })
  await visitor.send({ code: await world.mailbox.code(who.email) })
  return visitor
}

/** So many clients at their home page, each in a browser of their own; by their numbers from `from` on. */
export async function clients(world: World, site: Site, many: number, from = 1): Promise<Visitor[]> {
  const signedIn: Visitor[] = []
  for (let nth = from; nth < from + many; nth++) {
    const at = nthActive(nth)
    const visitor = await enters(world, site, { username: username(at), email: email(at) })
    if (visitor.at !== '/home') throw new Error(`${username(at)} came to ${visitor.at} and not home`)
    signedIn.push(visitor)
  }
  return signedIn
}

/** One of the firm's own people, who sets up the app that is asked of them on the way in. */
export async function staffMember(world: World, site: Site): Promise<Visitor> {
  const visitor = await enters(world, site, staff)
  for (let page = 0; visitor.at !== '/home' && page < 8; page++) {
    const secret = /\b(?:[A-Z2-7]{4} ?){8,}\b/.exec(visitor.page.textContent)?.[0]?.replaceAll(' ', '')
    await visitor.send(secret ? { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() } : {})
  }
  if (visitor.at !== '/home') throw new Error(`one of the firm's own people came to ${visitor.at} and not home`)
  return visitor
}
