// How a person sees what a command takes. The reference in docs/commands.md is made from the same parts.

import { type AnyCommand, type ArgumentSpec, flagOf, type OptionSpec } from '../command.ts'
import { globalOptions } from '../global.ts'
import { wrap } from './wrap.ts'

const width = 100

/** The help of one command. */
export function commandHelp(command: AnyCommand): string {
  const own = optionRows(command.options)
  const parts = [
    wrap(command.description, width).join('\n'),
    section('Usage', [`redoubt ${usageOf(command)}`]),
    section('Arguments', listing(argumentRows(command.arguments))),
    section('Options', listing(own)),
    section('Options of every command', listing(optionRows(globalOptions))),
    section('Examples', exampleLines(command.examples)),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** The help of the whole program. */
export function rootHelp(commands: readonly AnyCommand[]): string {
  const parts = [
    'Redoubt keeps the data in Amazon Redshift where it belongs: scan, explain, plan, apply, verify, undo.',
    section('Usage', ['redoubt <command> [options]']),
    section('Commands', listing(commands.map(({ name, summary }) => [name, summary]))),
    section('Options of every command', listing(optionRows(globalOptions))),
    section('Start here', [
      'redoubt demo                          see it work, without an AWS account',
      'redoubt scan                          look at your own account, with the credentials of the AWS CLI',
      'redoubt <command> --help              what a command takes',
    ]),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** `plan [options]`, `apply <plan> [options]`. */
export function usageOf({ name, arguments: words }: AnyCommand): string {
  const given = Object.entries<ArgumentSpec>(words).map(([word, { optional }]) =>
    optional ? `[${word}]` : `<${word}>`,
  )
  return [name, ...given, '[options]'].join(' ')
}

/** Each argument with what it means. */
export function argumentRows(words: Record<string, ArgumentSpec>): [string, string][] {
  return Object.entries(words).map(([word, { about, optional, choices }]) => [
    optional ? `[${word}]` : `<${word}>`,
    choices ? `${about} (one of ${choices.join(', ')})` : about,
  ])
}

/** Each option, as it is typed, with what it means. */
export function optionRows(options: Record<string, OptionSpec>): [string, string][] {
  return Object.entries(options).map(([name, spec]) => [optionFlags(name, spec), aboutOption(spec)])
}

function optionFlags(name: string, { short, value, negatable }: OptionSpec): string {
  const flag = flagOf(name)
  const both = negatable ? flag.replace('--', '--[no-]') : flag
  return `${short ? `-${short}, ` : ''}${both}${value ? ` <${value}>` : ''}`
}

function aboutOption({ about, choices, default: preset }: OptionSpec): string {
  const notes = [choices && `one of ${choices.join(', ')}`, preset && `default ${preset}`].filter(Boolean)
  return notes.length > 0 ? `${about} (${notes.join('; ')})` : about
}

function section(title: string, lines: string[]): string {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)].join('\n') : ''
}

function listing(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(0, ...rows.map(([name]) => name.length)) + 2
  return rows.flatMap(([name, about]) =>
    wrap(about, width - first - 2).map((line, at) => `${(at === 0 ? name : '').padEnd(first)}${line}`),
  )
}

function exampleLines(examples: Record<string, string>): string[] {
  return Object.entries(examples).flatMap(([line, about]) => [line, `    ${about}`])
}
