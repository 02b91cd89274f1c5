// One run of the command line, from its words to its exit code.

import { setMaxListeners } from 'node:events'
import { harmless } from '#kit/text.ts'
import { type ExitReason, Problem } from '#model/problem.ts'
import type { AnyCommand } from './command.ts'
import { commandLine, withCommandLines } from './command-line.ts'
import { commands } from './commands/index.ts'
import { exitCode } from './exit-code.ts'
import { findCommand } from './find.ts'
import type { GlobalOptions } from './global.ts'
import { openTerminal } from './terminal.ts'

/** Runs what the words say and gives the exit code. Nothing that is thrown gets past it. */
export async function run(words: readonly string[], process: NodeJS.Process): Promise<number> {
  const interrupt = new AbortController()
  // Every call under way listens to it, and a scan has many: that is no leak.
  setMaxListeners(0, interrupt.signal)
  const stop = listenForInterrupt(process, interrupt)
  const typed: Typed = {}
  try {
    return exitCode(await runCommand(words, process, interrupt.signal, typed))
  } catch (error) {
    if (interrupt.signal.aborted) return exitCode([tellInterrupted(error, process, typed)])
    return exitCode([tellError(error, process, typed)])
  } finally {
    stop()
  }
}

/** What is known of the command line when something is thrown. */
type Typed = { global?: GlobalOptions }

async function runCommand(
  words: readonly string[],
  process: NodeJS.Process,
  signal: AbortSignal,
  typed: Typed,
): Promise<ExitReason[]> {
  const asked = words[0] === 'help' ? [...words.slice(1), '--help'] : words
  const { name, words: rest } = findCommand(asked, Object.keys(commands))
  if (name === undefined) return runWithoutCommand(rest, process)
  const load = commands[name as keyof typeof commands] as () => Promise<{ default: AnyCommand }>
  const { default: command } = await load()
  if (wantsHelp(rest)) {
    const { commandHelp } = await import('./view/help.ts')
    process.stdout.write(commandHelp(command))
    return []
  }
  const { parseArguments } = await import('./parse.ts')
  const parsed = parseArguments(command, rest)
  typed.global = parsed.global
  return command.run({ ...parsed, terminal: openTerminal(process, parsed.global, signal) })
}

async function runWithoutCommand(words: readonly string[], process: NodeJS.Process): Promise<ExitReason[]> {
  const { help, version } = await import('./help.ts')
  if (words.includes('--version')) process.stdout.write(`${version}\n`)
  else if (wantsHelp(words)) process.stdout.write(help)
  else {
    process.stderr.write(help)
    return ['usage']
  }
  return []
}

function wantsHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

/** The first Ctrl-C (or a polite kill) asks the command to stop and keep what it has; the second one stops it at once. */
function listenForInterrupt(process: NodeJS.Process, interrupt: AbortController): () => void {
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(exitCode(['interrupted']))
    interrupt.abort()
    process.stderr.write('\nredoubt: stopping; press Ctrl-C again to stop at once.\n')
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onInterrupt)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onInterrupt)
  }
}

/** After Ctrl-C whatever is thrown ends the run; what a command says of it itself is told, the rest is only noise. */
function tellInterrupted(error: unknown, process: NodeJS.Process, typed: Typed): ExitReason {
  if (error instanceof Problem && error.exit === 'interrupted') tellError(error, process, typed)
  return 'interrupted'
}

function tellError(error: unknown, process: NodeJS.Process, { global }: Typed): ExitReason {
  if (error instanceof Problem) {
    const line = commandLine(process.env, global)
    const [what, todo] = [error.what, error.todo].map((text) => harmless(withCommandLines(text, line)))
    process.stderr.write(`redoubt: ${what}\n${todo}\n`)
    if (process.env.REDOUBT_DEBUG) process.stderr.write(stackOf(error))
    return error.exit
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`redoubt: Something went wrong inside Redoubt: ${harmless(message)}\n`)
  if (process.env.REDOUBT_DEBUG) process.stderr.write(stackOf(error))
  else process.stderr.write('Run the same again with REDOUBT_DEBUG=1 to see where.\n')
  return 'internal'
}

function stackOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const cause = error instanceof Error && error.cause ? `\ncaused by: ${stackOf(error.cause)}` : ''
  return `${stack.split('\n').map(harmless).join('\n')}${cause}\n`
}
