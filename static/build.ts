import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { compile } from 'sass'
import { hashedName } from '../src/platform/http/assets.ts'

const here = import.meta.dirname
const root = join(here, '..')
const built = join(here, 'built')
const manifest = join(built, 'manifest.json')
const stamp = join(built, 'stamp')

/** One fingerprint of everything the build reads; the packages count by the lockfile. */
function fingerprint(): string {
  const sources = ['.', 'styles', 'portal']
    .flatMap((folder) => readdirSync(join(here, folder)).map((name) => join(folder, name)))
    .filter((name) => ['.ts', '.scss', '.svg', '.css'].includes(extname(name)))
    .sort()
    .map((name) => join(here, name))
  const hash = createHash('sha256')
  for (const file of [...sources, join(root, 'package-lock.json')])
    hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

async function script(entry: string): Promise<Buffer> {
  const made = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    legalComments: 'none',
  })
  return Buffer.from(made.outputFiles[0]!.contents)
}

/** Without a tenant there is no theme: the installation's sheet is the style as it stands in the styles themselves. */
const files: Record<string, () => Promise<string | Buffer> | string | Buffer> = {
  'portal.css': () =>
    compile(join(here, 'styles/portal.scss'), {
      style: 'compressed',
      loadPaths: [join(root, 'node_modules')],
      quietDeps: true,
    }).css,
  'portal.js': () => script('portal.ts'),
  'approver.js': () => script('portal/approver.ts'),
  'waking.js': () => script('portal/waking.ts'),
  'icon.svg': () => readFileSync(join(here, 'icon.svg')),
}

/** Makes `static/built/` from the sources, with hashed names and a manifest; does nothing when it is up to date. Returns whether it built. */
export async function buildStatic(): Promise<boolean> {
  const now = fingerprint()
  if (existsSync(stamp) && existsSync(manifest) && readFileSync(stamp, 'utf8') === now) return false
  const names: Record<string, string> = {}
  const made: [string, Buffer][] = []
  for (const [name, make] of Object.entries(files)) {
    const bytes = Buffer.from(await make())
    names[name] = hashedName(name, bytes)
    made.push([names[name], bytes])
  }
  rmSync(built, { recursive: true, force: true })
  mkdirSync(built, { recursive: true })
  for (const [name, bytes] of made) writeFileSync(join(built, name), bytes)
  writeFileSync(manifest, `${JSON.stringify(names, null, 2)}\n`)
  writeFileSync(stamp, now)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log((await buildStatic()) ? 'static files built' : 'static files are up to date')
