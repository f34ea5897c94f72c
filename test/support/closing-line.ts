import type { Reporter, TestModule } from 'vitest/node'

/**
 * Names what passed only at the second try, and ends the run with one line that says how many passed and how many
 * failed; a file that could not run counts as failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
    const count = (state: string) => states.filter((each) => each === state).length
    const unable = modules.filter(
      (module) =>
        module.state() === 'failed' &&
        ![...module.children.allTests()].some((test) => test.result().state === 'failed'),
    ).length
    for (const test of modules.flatMap((module) => [...module.children.allTests()]))
      if (test.diagnostic()?.flaky) process.stdout.write(`only at the second try: ${test.fullName}\n`)
    process.stdout.write(
      `${count('passed')} passed, ${count('failed') + unable + errors.length} failed, ${count('skipped')} skipped\n`,
    )
  }
}
