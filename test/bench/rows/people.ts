import { rate, rounds, type Row } from '../measure.ts'
import { listBeside, staffOf } from './list.ts'

const path = '/staff/people'

/** The first fifty of all people, at 10,000 and at 200,000, and the one beside the other. */
export const people: Row = {
  name: 'people',
  async measure(world) {
    const [small, large] = [await world.site(10_000), await world.site(200_000)]
    const fewer = await listBeside(world, small, { what: 'people list, 50 of 10,000', path, goal: '≥ 0.6' })
    const more = await listBeside(world, large, { what: 'people list, 50 of 200,000', path, goal: '≥ 0.6' })
    const [{ headers: here }, { headers: there }] = [await staffOf(world, small), await staffOf(world, large)]
    const grown = await rounds(
      world.options.rounds,
      () => rate(world, 'of 200,000', 200, { port: large.product.port, asks: [{ path, headers: there }] }),
      () => rate(world, 'of 10,000', 200, { port: small.product.port, asks: [{ path, headers: here }] }),
    )
    return [
      fewer,
      more,
      { what: 'people list, 200,000 beside 10,000', unit: 'pages/s, of 10,000', goal: '1', ...grown },
    ]
  },
}
