// What a command is: one value from which parsing, help and documentation all come.

import type { ExitReason } from '#model/problem.ts'
import type { GlobalOptions } from './global.ts'
import type { Terminal } from './terminal.ts'

/** An option. Without `value` it is a switch. */
export type OptionSpec = {
  about: string
  /** What stands for the value in help: `severity`. */
  value?: string
  short?: string
  choices?: readonly string[]
  default?: string
  /** It may be given several times. */
  many?: true
  /** There is a `--no-` form too. */
  negatable?: true
}

/** `-o table|json`, for commands that show one document. */
export const formatOption = {
  short: 'o',
  value: 'format',
  choices: ['table', 'json'],
  default: 'table',
  about: 'How to show it.',
} as const satisfies OptionSpec

/** A choice as one word: with a space in it, it would be two to a shell. */
export const typed = (choice: string) => choice.replaceAll(' ', '-')

/** A word after the command's name. */
export type ArgumentSpec = { about: string; optional?: true; choices?: readonly string[] }

type Word<O> = O extends { choices: readonly (infer C)[] } ? C : string
type ValueOf<O> = O extends { value: string }
  ? O extends { many: true }
    ? Word<O>[]
    : O extends { default: string }
      ? Word<O>
      : Word<O> | undefined
  : boolean | undefined

/** The values of options, by name, as a command sees them. */
export type OptionValues<O> = { readonly [K in keyof O]: ValueOf<O[K]> }

/** Everything a command is run with. */
export type Input<A, O> = {
  arguments: { readonly [K in keyof A]: A[K] extends { optional: true } ? string | undefined : string }
  options: OptionValues<O>
  global: GlobalOptions
  terminal: Terminal
}

export type Command<
  A extends Record<string, ArgumentSpec> = Record<string, ArgumentSpec>,
  O extends Record<string, OptionSpec> = Record<string, OptionSpec>,
> = {
  /** The words that call it: `scan`, or `lab clock`. The file's name, with a hyphen for the space. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** Paragraphs for its own help. */
  description: string
  arguments: A
  options: O
  /** A command line, and what it does. */
  examples: Record<string, string>
  /** Does it, and says why the exit code should not be 0. */
  run(input: Input<A, O>): Promise<ExitReason[]>
}

/** Any command, for those who hold many. */
// biome-ignore lint/suspicious/noExplicitAny: the members are typed where they are defined
export type AnyCommand = Command<any, any>

/** Defines a command. What `run` gets is typed from the arguments and options it declares. */
export function defineCommand<
  const A extends Record<string, ArgumentSpec>,
  const O extends Record<string, OptionSpec>,
>(command: Command<A, O>): Command<A, O> {
  return command
}

/** `failOnUnknown` → `--fail-on-unknown`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
