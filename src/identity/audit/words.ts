import { say, type Translate } from '../../platform/i18n/texts.ts'
import type { Modules } from '../../tenancy/compose.ts'

/** What is said of an action that no module knows any more, or that has no words. */
const anything = 'accounts.activity.other'

/** The facts that name a factor or a step. */
const naming: Record<string, 'factor' | 'step'> = { factor: 'factor', by: 'factor', done: 'step', next: 'step' }

/**
 * An action of the log in the words of whoever owns it. A fact that lines of older releases do not tell is "other".
 * @param detail the facts of the line
 */
export function actionWords(
  { auditActions, factors, steps }: Pick<Modules, 'auditActions' | 'factors' | 'steps'>,
  t: Translate,
  { action: name, detail = {} }: { action: string; detail?: Record<string, string> },
): string {
  const action = auditActions.get(name)
  if (!action?.text) return t(anything)
  const untold = Object.fromEntries(action.always.map((fact) => [fact, 'other']))
  const told = Object.entries(detail).map(([fact, said]) => {
    const known = naming[fact] === 'factor' ? factors : naming[fact] === 'step' ? steps : null
    // What was written before a factor or a step got another name is told in the same words.
    return [fact, known?.find(said)?.name ?? said]
  })
  return say(t, { key: action.text, params: { ...untold, ...Object.fromEntries(told) } })
}
