import type { Context } from '../../../tenancy/context.ts'
import { thereBy, wrong, type Factor } from '../factor.ts'
import { readBackupCode } from './format.ts'

const mac = (context: Context, accountId: string, code: string) =>
  context.tenant.vault.mac('backup code', `${accountId}|${code}`)

/** The code on paper, for when the phone is gone. Works once; the next sign-in step shows its replacement. */
export const backupCode: Factor = {
  enrolled: (facts) => facts.backupCode,
  sends: false,
  stepsUp: true,
  asks: 'letters',
  sample: { sentTo: null, ask: {} },
  begin: async () => null,
  sentTo: async () => null,
  async check(context, owner, typed) {
    const read = readBackupCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    const used = await context.one(
      `update backup_code set used_at = ? where account_id = ? and digest = ? and used_at is null and replaced_at is null and ${thereBy('created_at')} returning id`,
      [context.at, owner.id, mac(context, owner.id, read.code), owner.hadAt ?? null],
    )
    return used ? { ok: true } : wrong('factors.backup-code.wrong')
  },
}

/** Makes a code the living one, now that its owner has put it away; the one before works no more. */
export async function keepBackupCode(context: Context, accountId: string, code: string): Promise<void> {
  await context.query(
    'update backup_code set replaced_at = ? where account_id = ? and used_at is null and replaced_at is null',
    [context.at, accountId],
  )
  await context.query(
    'insert into backup_code (tenant_id, id, account_id, digest, created_at) values (?, gen_random_uuid(), ?, ?, ?)',
    [context.tenant.id, accountId, mac(context, accountId, code), context.at],
  )
}

/** How many codes somebody has had: each new one differs from all before. */
export async function backupCodesSoFar(context: Context, accountId: string): Promise<number> {
  return (
    (await context.one<{ n: number }>('select count(*)::int as n from backup_code where account_id = ?', [accountId]))
      ?.n ?? 0
  )
}
