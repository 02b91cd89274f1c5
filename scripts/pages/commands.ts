// docs/commands.md: every command from the object it is made of, and the exit codes.

import type { AnyCommand } from '#cli/command.ts'
import { exitMeanings } from '#cli/exit-code.ts'
import { globalOptions } from '#cli/global.ts'
import { argumentRows, optionRows, usageOf } from '#cli/view/help.ts'
import { type ExitReason, exitCodes } from '#model/problem.ts'
import { loadShelf } from '../shelf.ts'
import type { Page } from './indexes.ts'
import { code, generatedNotice, table } from './markdown.ts'

/** The page of all commands. */
export async function commandsPage(): Promise<Page> {
  const commands = await loadShelf<AnyCommand>('src/cli/commands')
  const text = [
    '# Commands',
    generatedNotice,
    'Data goes to stdout, everything else to stderr. There is no pager. Colour is only used on a terminal and never says anything alone. Options of a command may stand anywhere behind its name.',
    table(
      ['command', 'does'],
      commands.map(({ name, summary }) => [`[${code(name)}](#${name.replace(' ', '-')})`, summary]),
    ),
    '## Options of every command',
    optionTable(optionRows(globalOptions)),
    'A flag wins over the settings file, and `regions` there over AWS_REGION.',
    ...commands.flatMap(commandSection),
    '## Exit codes',
    'When several hold, the one that stands higher in this table is given.',
    table(
      ['code', 'meaning'],
      (Object.keys(exitCodes) as ExitReason[]).map((reason) => [
        String(exitCodes[reason]),
        exitMeanings[reason],
      ]),
    ),
  ]
  return { path: 'docs/commands.md', text: `${text.join('\n\n')}\n` }
}

function commandSection(command: AnyCommand): string[] {
  const words = argumentRows(command.arguments)
  const examples = Object.entries<string>(command.examples).map(([line, about]) => `# ${about}\n${line}`)
  return [
    `## ${command.name}`,
    command.description,
    `${code(`redoubt ${usageOf(command)}`)}`,
    ...(words.length > 0 ? [optionTable(words)] : []),
    ...(Object.keys(command.options).length > 0 ? [optionTable(optionRows(command.options))] : []),
    ['```sh', examples.join('\n\n'), '```'].join('\n'),
  ]
}

function optionTable(rows: [string, string][]): string {
  return table(
    ['', ''],
    rows.map(([name, about]) => [code(name), about]),
  )
}
