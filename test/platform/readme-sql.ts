import { readFileSync } from 'node:fs'
import path from 'node:path'

const readme = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8')
const blocks = (kind: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text)

/** The SQL the README gives for this, statement by statement. */
export const sqlOfReadme = (about: string): string[] =>
  blocks('sql')
    .filter((text) => text.includes(about))
    .flatMap((text) => text.split(/;\s*/).filter(Boolean))

/** The command line the README gives that begins with this program. */
export function commandOfReadme(program: string): string {
  const line = blocks('sh')
    .flatMap((text) => text.split('\n'))
    .find((each) => each.startsWith(`${program} `))
  if (!line) throw new Error(`the README has no command ${program}`)
  return line
}
