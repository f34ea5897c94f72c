import type { Ask } from './load-job.ts'
import { nthActive, password, username } from './seed.ts'
import { Visitor } from './visitor.ts'
import type { Site } from './world.ts'

const atOnce = 8

/**
 * So many people at the sign-in page, each with name and password filled in: what their browsers send now. By their
 * numbers from `from` on.
 */
export async function signIns(site: Site, many: number, from: number): Promise<Ask[]> {
  const forms: Ask[] = []
  let next = from
  const some = async () => {
    while (next < from + many) {
      const identifier = username(nthActive(next++))
      const visitor = new Visitor(site.product, 'linde')
      await visitor.go('/sign-in')
      forms.push(visitor.post('/sign-in', { identifier, password }))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, some))
  return forms
}
