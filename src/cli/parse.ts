// From the words of a command line to a command's typed input. Wrong usage becomes a Problem that says what to type.

import { Argument, Command as Commander, CommanderError, Option } from 'commander'
import { Problem } from '#model/problem.ts'
import { type AnyCommand, type ArgumentSpec, flagOf, type OptionSpec, typed } from './command.ts'
import { type GlobalOptions, globalOptions } from './global.ts'

/** The values that were given, by name; checked against the declaration of the command. */
export type Parsed = {
  arguments: Record<string, string | undefined>
  /** Those of the command alone. */
  options: Record<string, unknown>
  global: GlobalOptions
}

/** Reads the words that follow a command's name. */
export function parseArguments(command: AnyCommand, words: readonly string[]): Parsed {
  const parser = parserOf(command)
  try {
    parser.parse(withDurationsLast(words), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const { what, near } = sentencesOf(error.message)
    throw new Problem('usage', what, `${near ? `${near} ` : ''}See "redoubt ${command.name} --help".`)
  }
  const names = Object.keys(command.arguments)
  const all = Object.entries(parser.opts())
  const isGlobal = (name: string) => name in globalOptions && !(name in command.options)
  return {
    arguments: Object.fromEntries(names.map((name, at) => [name, parser.args[at]])),
    options: Object.fromEntries(all.filter(([name]) => !isGlobal(name))),
    global: Object.fromEntries(all) as unknown as GlobalOptions,
  }
}

/** A negative duration looks like an option; behind `--` it is taken for the argument that it is. */
function withDurationsLast(words: readonly string[]): string[] {
  const isDuration = (word: string, at: number) =>
    /^-\d+(\.\d+)?[smhdw]/.test(word) && !words[at - 1]?.startsWith('-')
  if (words.includes('--') || !words.some(isDuration)) return [...words]
  return [...words.filter((word, at) => !isDuration(word, at)), '--', ...words.filter(isDuration)]
}

function parserOf(command: AnyCommand): Commander {
  const parser = new Commander(command.name)
    .exitOverride()
    .helpOption(false)
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined })
    .allowExcessArguments(false)
  for (const [name, { optional, choices }] of Object.entries<ArgumentSpec>(command.arguments)) {
    const argument = new Argument(optional ? `[${name}]` : `<${name}>`)
    parser.addArgument(choices ? argument.choices([...choices]) : argument)
  }
  const options: Record<string, OptionSpec> = { ...command.options, ...globalOptions }
  for (const [name, spec] of Object.entries(options)) addOption(parser, name, spec)
  return parser
}

function addOption(parser: Commander, name: string, spec: OptionSpec): void {
  const flag = flagOf(name)
  const option = new Option(
    `${spec.short ? `-${spec.short}, ` : ''}${flag}${spec.value ? ` <${spec.value}>` : ''}`,
  )
  if (spec.choices) option.argParser((word) => chosen(word, spec, flag))
  if (spec.default !== undefined) option.default(spec.default)
  if (spec.many)
    option.default([]).argParser((word: string, before: string[]) => [...before, chosen(word, spec, flag)])
  parser.addOption(option)
  if (spec.negatable) parser.addOption(new Option(flag.replace('--', '--no-')))
}

/** A choice of several words may be typed as one, as completion offers it: \`read-only-window\`. */
function chosen(word: string, { choices }: OptionSpec, flag: string): string {
  const choice = choices?.find((one) => one === word || typed(one) === word)
  if (!choices || choice) return choice ?? word
  throw new Problem(
    'usage',
    `${flag} does not know ${JSON.stringify(word)}.`,
    `It takes ${choices.join(', ')}.`,
  )
}

/** `error: unknown option '--x'` → `Unknown option '--x'.`, and commander's suggestion, if it has one. */
function sentencesOf(message: string): { what: string; near: string } {
  const [line = '', near = ''] = message.replace(/^error: /, '').split('\n')
  const what = line.charAt(0).toUpperCase() + line.slice(1).replace(/\.$/, '')
  return { what: `${what}.`, near: near.replace(/^\(|\)$/g, '') }
}
