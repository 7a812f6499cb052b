import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    // Tests that start processes wait for the machine, which may be busy; none of them measures time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
