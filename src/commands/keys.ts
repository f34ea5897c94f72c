import { parseArgs } from 'node:util'
import { createKeyRing } from '../platform/crypto/encryption.ts'
import { keyUses, useWords } from '../key-uses.ts'
import { rewrapAll } from '../keys.ts'
import { withEntities, type Given } from './opened.ts'

/** Shows what hangs on each master key; with `--rewrap` everything is wrapped with the current one first. */
export async function keys({ rest, env, say }: Given): Promise<void> {
  const {
    values: { rewrap },
  } = parseArgs({ args: rest, options: { rewrap: { type: 'boolean', default: false } } })
  await withEntities(env, async (orm, { config }) => {
    const given = config.masterKey()
    const ring = given === null ? null : createKeyRing(given)
    if (rewrap) {
      if (!ring) throw new Error(`There is no master key: neither MASTER_KEY nor ${config.masterKeyPlace} has one.`)
      const { wrapped, peppers } = await rewrapAll(orm, ring)
      say(
        `${wrapped} wrapped anew with "${ring.current}".${peppers.length ? ` The pepper of ${peppers.map((id) => `"${id}"`).join(', ')} is kept with it.` : ''}`,
      )
    }
    const uses = await keyUses(orm)
    const unused = (ring?.ids ?? []).filter((id) => !uses.some((use) => use.id === id))
    const state = (id: string) => (id === ring?.current ? 'current' : ring?.ids.includes(id) ? 'former' : 'not here')
    for (const use of uses) {
      const free = use.firms + use.own === 0 && (use.hashes === 0 || use.pepperKept)
      const advice =
        state(use.id) === 'former'
          ? free
            ? '; it may leave MASTER_KEY'
            : '; wrap anew with --rewrap before it leaves MASTER_KEY'
          : ''
      say(
        `${use.id.padEnd(14)}${state(use.id).padEnd(10)}${useWords(use)}${use.hashes && use.pepperKept ? ' (its pepper is kept)' : ''}${advice}`,
      )
    }
    for (const id of unused) say(`${id.padEnd(14)}${state(id).padEnd(10)}nothing`)
  })
}
