import type { Migration } from '@mikro-orm/migrations'

/** A foreign key between rows of one firm. */
export type Reference = [table: string, column: string, to: string]

/**
 * Raises the tenant wall around new tables, once they are made and still empty: forced row-level security with the one
 * policy, the firm's own key, foreign keys that start with it, and the rights of the application's role.
 */
export function raiseWall(migration: Migration, tables: string[], references: Reference[] = []): void {
  // A new constraint looks at the rows of the table it points to, and behind the wall nobody looks without naming a firm.
  migration.addSql(`select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true)`)
  for (const table of tables)
    migration.addSql(
      `alter table ${table} add constraint ${table}_tenant_fk foreign key (tenant_id) references tenant (id)`,
    )
  for (const [table, column, to] of references) {
    migration.addSql(
      `alter table ${table} add constraint ${table}_${column}_fk foreign key (tenant_id, ${column}) references ${to} (tenant_id, id) on delete cascade`,
    )
  }
  for (const table of tables) {
    migration.addSql(`alter table ${table} enable row level security`)
    migration.addSql(`alter table ${table} force row level security`)
    migration.addSql(
      `create policy tenant on ${table} using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid)`,
    )
    migration.addSql(`grant select, insert, update, delete on ${table} to portal_app`)
  }
}
