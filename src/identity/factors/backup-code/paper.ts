import type { Context } from '../../../tenancy/context.ts'
import { identifierOf } from '../../accounts/index.ts'

/** What stands on the paper, or in the file, beside the code itself: found in a drawer it must still say what it is. */
export interface BackupPaper {
  name: string
  identifier: string
  address: string
  at: Temporal.Instant
}

/** The paper of this person at this moment. The address without "https://": it is read, not pressed. */
export const backupPaper = (
  { policy, tenant, now }: Context,
  account: { name: string; email: string; username?: string | null },
): BackupPaper => ({
  name: account.name,
  identifier: identifierOf(policy, { email: account.email, username: account.username ?? null }),
  address: new URL(tenant.origin).host,
  at: now,
})

/** A code on its paper, for the gallery. */
export const backupPaperSample = {
  paper: {
    name: 'Sanne de Wit',
    identifier: 'sanne.dewit',
    address: 'portaal.voorbeeld.example',
    at: Temporal.Instant.from('2026-11-12T18:00:00Z'),
  },
  code: 'A1B2C-D3E4F-G5H6J-K7M8N',
  file: 'voorbeeld-backup-code.txt',
}
