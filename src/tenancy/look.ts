import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Look, PolicyIssue } from './policy.ts'
import { contrast, deriveTheme } from './theme.ts'

/** Below this a colour is so light that making it readable would leave nothing of it. */
const least = 2

/** What is wrong with a firm's look beyond what its schema says: a colour nobody can read, a picture that is not there. */
export function lookIssues(look: Look, folder: string): PolicyIssue[] {
  const onWhite = contrast(look.brand, '#ffffff')
  return [
    ...(onWhite < least
      ? [
          {
            path: 'look.brand',
            reason: `${look.brand} cannot be read on white (${onWhite.toFixed(1)} : 1, at least ${least} : 1); choose a darker colour, such as "${deriveTheme(look).mail.brand}"`,
          },
        ]
      : []),
    ...(look.logo && !existsSync(join(folder, look.logo))
      ? [
          {
            path: 'look.logo',
            reason: `there is no file ${join(folder, look.logo)}; put the logo there, or leave "logo" out`,
          },
        ]
      : []),
  ]
}
