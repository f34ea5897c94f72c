import { Migration } from '@mikro-orm/migrations'

const mineOrWorker = `case when current_user = 'portal_app' then tenant_id = current_setting('app.tenant')::uuid else true end`

/** Which new or changed rows give which job something to look at, and from what moment on: table, column, job. */
const noticed = [
  ['approval', 'expires_at', 'approvals'],
  ['audit_line', 'at', 'audit-anchor'],
  ['form_draft', 'expires_at', 'form-drafts'],
  ['known_browser', 'created_at', 'known-browsers'],
  ['recovery_request', 'due_at', 'recovery'],
  ['recovery_request', 'asked_at', 'recovery-sweep'],
  ['reset_progress', 'begun_at', 'recovery-sweep'],
  ['reset_progress', 'staged_at', 'recovery-sweep'],
  ['run', 'started_at', 'onboarding'],
  ['answered_form', 'at', 'onboarding'],
  ['staged', 'at', 'onboarding'],
  ['sign_in_alarm', 'at', 'sign-in-alarms'],
] as const

/** Jobs that look at accounts: who was invited, unblocked or lost a password may have to be told something. */
const accountJobs = ['held-invitations'] as const
const jobs = [...new Set([...noticed.map(([, , job]) => job), ...accountJobs, 'stricter-rules'])]

/**
 * At which firms a job has something to look at, and from when: so that finding it is one statement however many firms
 * there are. Rows are noticed by the tables they stand in, so nobody who writes one has to think of it.
 */
export default class WorkDue extends Migration {
  override up(): void {
    this.addSql(`create table work_due (
      tenant_id uuid not null,
      id uuid not null,
      job text not null,
      due_at timestamptz not null,
      leased boolean not null default false,
      primary key (tenant_id, id),
      constraint work_due_tenant_fk foreign key (tenant_id) references tenant (id))`)
    this.addSql('create index work_due_next on work_due (job, due_at)')
    this.addSql('create index work_due_noticed on work_due (tenant_id, job, due_at)')
    this.addSql('alter table work_due enable row level security')
    this.addSql('alter table work_due force row level security')
    this.addSql(`create policy tenant on work_due using (${mineOrWorker}) with check (${mineOrWorker})`)
    this.addSql('grant select, insert, update, delete on work_due to portal_app')
    // A row that is due no later says it already. It is held until this commits, so that whoever takes it sees what we
    // wrote; where somebody takes it now, another is made. Nobody waits for anybody.
    this.addSql(`create function notice_work() returns trigger language plpgsql as $$
      declare moment timestamptz := (to_jsonb(new) ->> tg_argv[1])::timestamptz;
      begin
        if moment is null then return null; end if;
        perform 1 from work_due where tenant_id = new.tenant_id and job = tg_argv[0] and due_at <= moment and not leased
          limit 1 for share skip locked;
        if not found then
          insert into work_due (tenant_id, id, job, due_at) values (new.tenant_id, gen_random_uuid(), tg_argv[0], moment);
        end if;
        return null;
      end $$`)
    for (const [table, column, job] of noticed)
      this.addSql(`create trigger ${table}_${column}_due after insert or update of ${column} on ${table}
        for each row execute function notice_work('${job}', '${column}')`)
    for (const job of accountJobs)
      this.addSql(`create trigger account_${job.replaceAll('-', '_')}_due
        after insert or update of invite_after, blocked_at, password_hash, email on account
        for each row when (new.activated_at is null) execute function notice_work('${job}', 'created_at')`)
    // What stands there already is looked at once at every firm.
    this.addSql(`insert into work_due (tenant_id, id, job, due_at)
      select tenant.id, gen_random_uuid(), job, 'epoch' from tenant cross join unnest(array['${jobs.join("', '")}']) as job`)
  }
}
