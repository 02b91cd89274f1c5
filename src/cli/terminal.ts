// Where a command speaks: data goes to stdout, everything else to stderr, and questions need a person.

import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { styleText } from 'node:util'
import { Problem } from '#model/problem.ts'
import { type CommandLine, commandLine } from './command-line.ts'
import type { GlobalOptions } from './global.ts'
import { type Paint, plainPaint } from './view/paint.ts'
import { shortened } from './view/wrap.ts'

/** What a command may know and use of the outside. */
export type Terminal = {
  env: NodeJS.ProcessEnv
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal
  /** Columns: what COLUMNS says, else those of stdout; 100 where nobody can tell. */
  width: number
  /** Colours for stdout. */
  paint: Paint
  /** Writes a line that a person can type. */
  line: CommandLine
  /** True when a person reads stderr and can answer. */
  interactive: boolean
  /** Data, to stdout. */
  print(text: string): void
  /** Data of any length, to stdout, no faster than it is taken. */
  stream(text: AsyncIterable<string>): Promise<void>
  /** Anything else, to stderr. */
  tell(text: string): void
  /** A line that replaces the one before, shortened in its middle; only shown on a terminal. */
  progress(line: string): void
  /** Asks yes or no. Without a person it is a usage problem, which `--yes` avoids. */
  confirm(question: string): Promise<boolean>
}

type Process = Pick<NodeJS.Process, 'env' | 'stdin' | 'stdout' | 'stderr'>

const formats = {
  bad: 'red',
  good: 'green',
  warn: 'yellow',
  dim: 'dim',
  strong: 'bold',
  name: 'cyan',
} as const

/** The terminal of a process, for a run with these global options. */
export function openTerminal(
  { env, stdin, stdout, stderr }: Process,
  global: GlobalOptions,
  signal: AbortSignal,
): Terminal {
  const interactive = stdin.isTTY === true && stderr.isTTY === true
  let shown = false
  const clear = () => {
    if (shown) stderr.write('\r\u001b[K')
    shown = false
  }
  return {
    env,
    signal,
    width: widthOf(stdout, env),
    line: commandLine(env, global),
    paint: isColored(global.color, stdout.isTTY === true, env) ? ansiPaint : plainPaint,
    interactive,
    print: (text) => {
      clear()
      stdout.write(`${text}\n`)
    },
    stream: async (text) => {
      clear()
      for await (const piece of text) if (!stdout.write(piece)) await once(stdout, 'drain')
    },
    tell: (text) => {
      clear()
      stderr.write(`${text}\n`)
    },
    progress: (line) => {
      if (!stderr.isTTY) return
      clear()
      stderr.write(shortened(line, (stderr.columns || 80) - 1))
      shown = true
    },
    confirm: async (question) => {
      clear()
      if (!interactive) {
        throw new Problem(
          'usage',
          'This needs an answer from a person, and there is no terminal.',
          'Read the plan and add --yes if it should be done without asking.',
        )
      }
      return ask(stdin, stderr, question, signal)
    },
  }
}

/** How wide stdout is to be taken for. A terminal that nobody has measured says 0. */
export function widthOf(stdout: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv): number {
  const wanted = /^\d+$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0
  return Math.max(40, wanted || (stdout.isTTY && stdout.columns) || 100)
}

/** Colour when it was asked for; else only on a terminal whose owner has not set NO_COLOR. */
export function isColored(
  color: 'auto' | 'always' | 'never',
  isTerminal: boolean,
  env: NodeJS.ProcessEnv,
): boolean {
  if (color !== 'auto') return color === 'always'
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
}

const ansiPaint: Paint = (role, text) => styleText(formats[role], text, { validateStream: false })

async function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
  signal: AbortSignal,
): Promise<boolean> {
  const lines = createInterface({ input, output })
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch (error) {
    if (!signal.aborted) throw error
    throw new Problem('interrupted', 'Interrupted before an answer.', 'Nothing was done.', { cause: error })
  } finally {
    lines.close()
  }
}
