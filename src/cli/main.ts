// The entry: answers `--help` and `--version` without loading anything, and hands the rest to the command line proper.

import { help, version } from './help.ts'

// A reader that closes early, such as `head`, is no reason to complain.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}

// Said once by `redoubt doctor` and the README instead of on every run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const args = process.argv.slice(2)
const [first] = args
if (args.length === 1 && (first === '--help' || first === '-h' || first === 'help'))
  process.stdout.write(help)
else if (args.length === 1 && first === '--version') process.stdout.write(`${version}\n`)
else {
  const { run } = await import('./run.ts')
  process.exitCode = await run(args, process)
}
