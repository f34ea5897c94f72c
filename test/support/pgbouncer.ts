import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, until } from '../faults/process.ts'

/** Whether this machine has one; `.ci/run` installs Debian's. */
export const hasPgbouncer =
  spawnSync('pgbouncer', ['--version']).status === 0 || spawnSync('/usr/sbin/pgbouncer', ['--version']).status === 0

/** A pgbouncer in transaction mode in front of a database, with few connections, so that everybody's are shared. */
export async function startPgbouncer(database: URL): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-pgbouncer-'))
  const port = await freePort()
  await writeFile(path.join(folder, 'users'), `"${database.username}" "${decodeURIComponent(database.password)}"\n`)
  await writeFile(
    path.join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=127.0.0.1 port=${database.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${path.join(folder, 'users')}`,
      'pool_mode = transaction',
      'default_pool_size = 6',
      'max_client_conn = 200',
      '',
    ].join('\n'),
  )
  await chmod(folder, 0o755)
  // It refuses to run as root.
  const as = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn('pgbouncer', [...as, path.join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    env: { PATH: `${process.env.PATH}:/usr/sbin` },
  })
  await until(
    'pgbouncer listens',
    () =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.destroy()
          resolve(true)
        }).on('error', () => resolve(false))
      }),
    10_000,
  )
  return {
    port,
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGINT')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
