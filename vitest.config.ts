import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

// Files of these folders share a process: what they import is pure but for caches, and importing it anew for each file was
// most of their time. Nothing that they import may keep what a test made, or register hooks. All others have a process
// each, those about the start of the lab among them: it loads its services when they are first needed.
const together = ['src/{engine,kit,logs,model,practices,store}/**/*.test.ts', 'src/lab/*/**/*.test.ts']

export default defineConfig({
  test: {
    // Tests of the command wait for its processes half of the time, so that one more than there are processors pays.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The SDK's word about Node 20 would stand between the results.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...together],
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: together,
          isolate: false,
          setupFiles: ['test/own-environment.ts'],
        },
      },
    ],
  },
})
