/**
 * The list of people, or what a search finds, by one good prepared statement on a copy of the table with the right
 * index and no row-level security; a page of the same bytes, with the session in Redis.
 */
import { listen, pageOf, plainApp, pool } from './app.ts'

const columns = `a.id, a.name, a.email, a.username, a.activated_at, a.blocked_at, a.last_sign_in_at,
  l.created_at, l.expires_at, l.used_at, l.dead_at`
const invitation = `left join lateral (select created_at, expires_at, used_at, dead_at from one_time
  where tenant_id = a.tenant_id and account_id = a.id and purpose = 'activation' order by created_at desc limit 1) l on true`
const found = `tenant_id = $1 and looked_in like $2`

const statements = {
  list: `select ${columns}, (select count(*) from reference.account where tenant_id = $1)::int as total
    from (select * from reference.account where tenant_id = $1 order by sorted, id limit 50) a ${invitation} order by a.sorted, a.id`,
  search: `select ${columns}, count(*) over () as total from (select * from reference.account where ${found}) a
    ${invitation} order by a.sorted, a.id limit 50`,
}

const tenant = (await pool.query<{ id: string }>('select id from tenant where slug = $1', [process.env.SLUG])).rows[0]!
  .id
const text = process.env.SEARCH ? statements.search : statements.list
const values = process.env.SEARCH ? [tenant, `%${process.env.SEARCH.toLowerCase()}%`] : [tenant]

const app = await plainApp()
const page = pageOf()
app.get('/enter/:nth', (request, response) => {
  request.session.digest = request.params.nth
  response.send('welcome')
})
app.get('/page', async (_request, response) => {
  const { rows } = await pool.query<{ name: string }>({ name: 'people', text, values })
  response.type('html').send(page(rows[0]?.name ?? ''))
})
listen(app)
