import type { FieldError } from '../../platform/http/answer.ts'
import { codeIsOut, obstacle, type CodeFor, type NotSent } from '../tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Sending } from './factor.ts'

/** Where sending this code stands: what is on its way needs no other. */
export async function sendingNow(context: Context, wanted: CodeFor): Promise<Sending> {
  const [sent, unsent] = [await codeIsOut(context, wanted), await obstacle(context, wanted)]
  return sent ? { sent, unsent: null, next: unsent?.seconds ?? null } : { sent, unsent, next: null }
}

/** Why no code went out, as a mistake beside the field that asked for one. */
export const unsentError = ({ reason, seconds }: NotSent): FieldError => ({
  key: `factors.unsent.${reason}`,
  params: { seconds },
})
