import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Ask } from '../load-job.ts'
import { rateOf, rounds, type Line, type Rate, type Row } from '../measure.ts'
import { answerOf, stopped } from '../programs.ts'
import { passwordHash } from '../seed.ts'
import { signIns as signInForms } from '../sign-in-forms.ts'
import type { World } from '../world.ts'

/** How many passwords bare argon2 checks in a second. */
async function bare(seconds: number): Promise<{ perSecond(): Promise<Rate>; stop(): Promise<void> }> {
  const child = fork(join(import.meta.dirname, '../reference/argon2.ts'))
  const like = await passwordHash()
  return {
    perSecond: async () => ({ perSecond: await answerOf<number>(child, { like, seconds }), wrong: null }),
    stop: () => stopped(child, 'SIGTERM'),
  }
}

const forms = 200

async function beside(world: World, people: number): Promise<Line> {
  const site = await world.site(people, 'anywhere')
  const argon2 = await bare(world.options.seconds)
  let from = 1
  const shares: number[] = []
  const signIn = async () => {
    const asks: Ask[] = await signInForms(site, forms, from)
    from += forms
    const { port } = site.product
    const { connections } = world.options
    const result = await world.load.run({ port, asks, connections, amount: forms })
    shares.push(result.share)
    return rateOf(result, 303, 'signing in')
  }
  const measured = await rounds(world.options.rounds, signIn, argon2.perSecond)
  await argon2.stop()
  const share = Math.round((shares.reduce((sum, each) => sum + each, 0) / shares.length) * 100)
  const what = `sign-ins, ${people.toLocaleString('en')} people`
  const note = [`load program: ${share} % of a core`, measured.note].filter(Boolean).join('; ')
  return { what, unit: 'a second, bare argon2', goal: '≥ 0.9', ...measured, note }
}

/** Passwords checked in a second, with all that a sign-in is: up to the second step, whose code is mailed. */
export const signIns: Row = {
  name: 'sign-ins',
  measure: async (world) => [await beside(world, 10_000), await beside(world, 200_000)],
}
