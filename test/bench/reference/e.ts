/**
 * `e`: an Express page of the same bytes for somebody signed in, with the session in Redis, seven hand-written prepared
 * statements and no row-level security. Its role sees every row; each statement names the firm itself.
 */
import type { RequestHandler } from 'express'
import { listen, pageOf, plainApp, pool } from './app.ts'

const tenant = (await pool.query<{ id: string }>('select id from tenant where slug = $1', [process.env.SLUG])).rows[0]!
  .id

const statements = {
  session: `select id, level, account_id, started_at, ends_at from portal_session
    where tenant_id = $1 and digest = $2 and revoked_at is null and ends_at > now()`,
  account: `select name, email, username, kind, role, organisation_id, language, previous_sign_in_at from account
    where tenant_id = $1 and id = $2 and blocked_at is null`,
  organisation: `select o.name from account a join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id
    where a.tenant_id = $1 and a.id = $2`,
  factors: `select exists (select from authenticator where tenant_id = $1 and account_id = $2 and removed_at is null) as app,
    exists (select from phone where tenant_id = $1 and account_id = $2 and removed_at is null) as phone,
    exists (select from passkey where tenant_id = $1 and account_id = $2 and removed_at is null) as passkey`,
  log: `select action, at, outcome from audit_line where tenant_id = $1 and subject = $2 and at > now() - interval '3 days'
    order by seq desc limit 5`,
  steps: `select id, track, started_at from run
    where tenant_id = $1 and account_id = $2 and finished_at is null and ended_at is null`,
  requests: 'select id from recovery_request where tenant_id = $1 and account_id = $2 limit 5',
}

const ask = async (name: keyof typeof statements, of: string) =>
  (await pool.query<{ name: string; account_id: string }>({ name, text: statements[name], values: [tenant, of] })).rows

/** Anybody who is signed in at the product can be somebody here. */
const someone = `select digest from portal_session where tenant_id = $1 and revoked_at is null and ends_at > now()
  order by id offset $2 limit 1`

const app = await plainApp()
const page = pageOf()
app.get('/enter/:nth', async (request, response) => {
  const { rows } = await pool.query<{ digest: string }>(someone, [tenant, request.params.nth])
  request.session.digest = rows[0]!.digest
  response.send('welcome')
})
const answer: RequestHandler = async (request, response) => {
  const [session] = await ask('session', request.session.digest ?? '')
  if (!session) return void response.sendStatus(401)
  const { account_id: id } = session
  const [account] = await ask('account', id)
  await Promise.all((['organisation', 'factors', 'log', 'steps', 'requests'] as const).map((name) => ask(name, id)))
  response
    .status(request.method === 'POST' ? 422 : 200)
    .type('html')
    .send(page(account?.name ?? ''))
}
app.get('/page', answer)
app.post('/page', answer)
listen(app)
