import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * On a clean machine the runner goes by the size of files. What opens browsers and processes takes longest and comes
 * first, or all wait for it at the end.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const long = ({ moduleId }: TestSpecification) => /\/test\/(architecture\/looks|faults\/|journeys\/)/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(long), ...sorted.filter((file) => !long(file))]
  }
}

/** Tests that declare something of their own: that stays in the process, and no other portal lists it. */
const alone = ['test/modules/**/*.test.ts', 'test/audit/actions.test.ts', 'test/activation/mails.test.ts']
const common = {
  environment: 'node',
  pool: 'forks',
  // A kill or a race of processes may fall otherwise on a busy machine; what needed a second try is named at the end.
  retry: process.env.CI ? 1 : 0,
  testTimeout: 120_000,
  hookTimeout: 120_000,
} as const

export default defineConfig({
  test: {
    globalSetup: ['test/support/global.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    sequence: { sequencer: LongestFirst },
    // More than cores: half of the time a test waits for the database, the disk or the browser.
    maxWorkers: 4,
    projects: [
      // One process runs one file after the other: reading the product anew for each took a third of its time.
      { test: { ...common, name: 'shared', include: ['test/**/*.test.ts'], exclude: alone, isolate: false } },
      { test: { ...common, name: 'alone', include: alone } },
    ],
  },
})
