import type { PlainKey } from '../../platform/i18n/texts.ts'
import { tryCode, type CodeVerdict, type Purpose } from '../tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { readCode } from './code-input.ts'
import { wrong, type FactorVerdict } from './factor.ts'

/** The text for each way a sent code can be no good. */
const words = {
  wrong: 'factors.code.wrong',
  older: 'factors.code.older',
  expired: 'factors.code.expired',
  'used-up': 'factors.code.used-up',
} as const satisfies Record<Exclude<CodeVerdict, 'right'>, PlainKey>

/** Judges a code that was sent by SMS or mail. A code of the wrong shape costs no try. */
export async function checkSentCode(
  context: Context,
  wanted: { accountId: string; purpose: Purpose; target?: string },
  typed: string,
): Promise<FactorVerdict> {
  const read = readCode(typed)
  if (!read.ok) return wrong(read.key, read.params)
  const verdict = await tryCode(context, wanted, read.code)
  return verdict === 'right' ? { ok: true } : wrong(words[verdict])
}
