import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Module } from '../../src/tenancy/manifest.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Folders somewhere else, and the module that each of them is: one line of the list each. */
export interface Added {
  folder: string
  modules: Module[]
  gone(): Promise<void>
}

/**
 * Copies folders of `test/modules` to where nothing of the project is, with the way back to it put into their imports.
 */
export async function addedFrom(...names: string[]): Promise<Added> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-added-'))
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  for (const name of names) await moveAway(name, folder)
  const modules = await Promise.all(names.map((name) => moduleIn(path.join(folder, name))))
  return { folder, modules, gone: () => rm(folder, { recursive: true, force: true }) }
}

async function moveAway(name: string, folder: string): Promise<void> {
  const own = path.join(folder, name)
  await cp(path.join(root, 'test/modules', name), own, { recursive: true })
  for (const file of (await readdir(own)).filter((each) => each.endsWith('.ts'))) {
    const text = await readFile(path.join(own, file), 'utf8')
    await writeFile(path.join(own, file), text.replaceAll("'../../../", `'${root}/`))
  }
}

/** What its `module.ts` exports: one thing. */
async function moduleIn(folder: string): Promise<Module> {
  const url = pathToFileURL(path.join(folder, 'module.ts')).href
  const [module] = Object.values((await import(/* @vite-ignore */ url)) as Record<string, Module>)
  if (!module) throw new Error(`${folder}/module.ts exports no module`)
  return module
}
