import { say, type Translate } from '../../platform/i18n/texts.ts'
import type { Modules } from '../../tenancy/compose.ts'

/** What is said of an action that no module knows any more, or that has no words. */
const anything = 'accounts.activity.other'

/**
 * An action of the log in the words of whoever owns it. A fact that lines of older releases do not tell is "other".
 * @param detail the facts of the line
 */
export function actionWords(
  { auditActions }: Pick<Modules, 'auditActions'>,
  t: Translate,
  { action: name, detail = {} }: { action: string; detail?: Record<string, string> },
): string {
  const action = auditActions.get(name)
  if (!action?.text) return t(anything)
  const untold = Object.fromEntries(action.always.map((fact) => [fact, 'other']))
  return say(t, { key: action.text, params: { ...untold, ...detail } })
}
