// `redoubt init`: the first settings, from what a scan saw.

import { realpathSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { harmless } from '#kit/text.ts'
import { defineCommand } from '../command.ts'
import { workspaceOf } from '../connection.ts'

export default defineCommand({
  name: 'init',
  summary: 'Write a first redoubt.yaml from what the newest scan saw',
  description:
    'Writes a commented settings file from the newest inventory: the regions with data, and as candidates to choose from the accounts that data is shared with, the tags that resources carry, and the keys that they lie under. Nobody is trusted by it: a candidate counts only when you take the # away. It asks AWS nothing. An editor that reads the first line completes and checks the file by its schema.',
  arguments: {},
  options: { force: { about: 'Replace a settings file that is there.' } },
  examples: {
    'redoubt init': 'Write redoubt.yaml here, after a scan.',
    'redoubt init --settings audit.yaml --force': 'Write another file, over what it holds.',
  },
  async run({ options: { force = false }, global, terminal }) {
    const [{ init }, { openWorkspace }] = await Promise.all([
      import('#app/init.ts'),
      import('#app/workspace.ts'),
    ])
    const file = global.settings ?? 'redoubt.yaml'
    const { settingsFile: _, ...where } = workspaceOf(global)
    const workspace = await openWorkspace({ ...where, mustWrite: false })
    await init(workspace, { file, force, schema: schemaFor(file) })
    terminal.tell(harmless(`Wrote ${file}. Read it, decide on the lines with a #, and scan again.`))
    return []
  },
})

/** The schema of this installation: from the file where both lie in one project, or else by its whole address. */
function schemaFor(file: string): string {
  const program = realpathSync(process.argv[1] ?? '')
  const schema = fileURLToPath(new URL('../schemas/settings-1.json', pathToFileURL(program)))
  const way = relative(dirname(resolve(file)), schema).replaceAll('\\', '/')
  return way.startsWith('..') ? pathToFileURL(schema).href : `./${way}`
}
