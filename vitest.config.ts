import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** On a clean machine the runner goes by the size of files. What opens browsers and processes takes longest and comes first, or all wait for it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const long = ({ moduleId }: TestSpecification) => /\/test\/(architecture\/looks|faults\/|journeys\/)/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(long), ...sorted.filter((file) => !long(file))]
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    // More than cores: half of the time a test waits for the database, the disk or the browser.
    maxWorkers: 3,
    // A kill or a race of processes may fall otherwise on a busy machine; what needed a second try is named at the end.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
