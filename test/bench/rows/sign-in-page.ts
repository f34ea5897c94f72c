import { rate, referenceTo, rounds, type Row } from '../measure.ts'
import { Visitor } from '../visitor.ts'

/** The first page of somebody who has no cookie yet. */
export const signInPage: Row = {
  name: 'sign-in-page',
  async measure(world) {
    const { product, database } = await world.site(10_000)
    const page = { path: '/sign-in', headers: new Visitor(product, 'linde').headers }
    const reference = await referenceTo(world, 'page.ts', { port: product.port, page }, { DATABASE_URL: database.all })
    const measured = await rounds(
      world.options.rounds,
      () => rate(world, 'the sign-in page', 200, { port: product.port, asks: [page] }),
      () => rate(world, 'the reference', 200, { port: reference.port, asks: [{ path: '/page', headers: {} }] }),
    )
    await reference.stop()
    return [{ what: 'sign-in page, anonymous', unit: 'pages/s, Express + session + Eta', goal: '≥ 0.5', ...measured }]
  },
}
