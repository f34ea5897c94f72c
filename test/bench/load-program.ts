/**
 * The load, as a process of its own: takes one job by message, answers with what came of it, and waits for the next.
 */
import autocannon from 'autocannon'
import type { Answered, Job, Result } from './load-job.ts'

function work(job: Job): Promise<Result> {
  const answers: Answered[] = []
  const used = process.cpuUsage()
  const began = performance.now()
  let last = began
  let next = 0
  return new Promise((resolve, reject) => {
    const load = autocannon(
      {
        url: `http://127.0.0.1:${job.port}`,
        connections: job.connections,
        timeout: 60,
        ...(job.amount ? { amount: job.amount } : { duration: job.seconds ?? 1 }),
        ...(job.rate && { overallRate: job.rate, ignoreCoordinatedOmission: true }),
        requests: [
          {
            setupRequest: (request) => {
              const { method = 'GET', path, headers, body } = job.asks[next++ % job.asks.length]!
              return { ...request, method, path, headers, ...(body !== undefined && { body }) }
            },
          },
        ],
      },
      (error, result) => {
        if (error) return reject(error as Error)
        const { user, system } = process.cpuUsage(used)
        const seconds = (last - began) / 1000
        resolve({ answers, errors: result.errors, seconds, share: (user + system) / 1e6 / seconds })
      },
    )
    load.on('response', (_client, status, _bytes, ms) => {
      last = performance.now()
      answers.push({ status, ms, at: last - began })
    })
  })
}

process.on('message', (job: Job) => {
  work(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
