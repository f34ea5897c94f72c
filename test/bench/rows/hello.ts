import { rate, rounds, type Row } from '../measure.ts'

/** What this machine can do at all: Express beside nothing but node:http. */
export const hello: Row = {
  name: 'hello',
  async measure(world) {
    const [express, http] = [await world.reference('hello-express.ts'), await world.reference('hello-http.ts')]
    const asks = [{ path: '/', headers: {} }]
    const measured = await rounds(
      world.options.rounds,
      () => rate(world, 'Express', 200, { port: express.port, asks }),
      () => rate(world, 'node:http', 200, { port: http.port, asks }),
    )
    return [{ what: 'hello of Express (no product)', unit: 'answers/s, node:http', goal: '', ...measured }]
  },
}
