import type { Row } from '../measure.ts'
import { someName } from '../seed.ts'
import { listBeside } from './list.ts'

const path = `/staff/people?search=${encodeURIComponent(someName)}`

/** Looking for people by a piece of their name. */
export const search: Row = {
  name: 'search',
  async measure(world) {
    const asked = { path, search: someName, goal: '≥ 0.6' }
    return [
      await listBeside(world, await world.site(10_000), { what: 'search in 10,000 people', ...asked }),
      await listBeside(world, await world.site(200_000), { what: 'search in 200,000 people', ...asked }),
    ]
  },
}
