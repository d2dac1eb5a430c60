import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Tests use real databases, browsers and processes: few files at once, and time enough on a small machine. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..'),
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/postgres.ts'],
    pool: 'forks',
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 15_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default'],
  },
})
