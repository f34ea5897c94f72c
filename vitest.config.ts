import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** On a clean machine the runner begins with the largest files. The gallery's tests are three lines that look at every page: they go first, or all wait for them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const looks = ({ moduleId }: TestSpecification) => moduleId.includes('/test/house/looks')
    const sorted = await super.sort(files)
    return [...sorted.filter(looks), ...sorted.filter((file) => !looks(file))]
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    reporters: ['default', './test/setup/closing-line.ts'],
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    // More than cores: half of the time a test waits for the database, the disk or the browser.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
