// `redoubt lab import`: a world for the lab out of a scanned estate.

import { harmless } from '#kit/text.ts'
import { defineCommand } from '../command.ts'
import { workspaceOf } from '../connection.ts'
import { shellWord } from '../view/words.ts'

export default defineCommand({
  name: 'lab import',
  summary: 'Make a world for the lab out of a scanned estate',
  description:
    'Writes a world, as YAML, that holds what a scan saw: scanning a lab made of it gives the same findings. What the scan was refused is refused there too. Times count from the scan; credentials are made up, the estate’s own are in no inventory. What a world cannot hold is told.',
  arguments: { inventory: { about: 'Id of the inventory; the newest without it.', optional: true } },
  options: { out: { value: 'file', about: 'Write it to this file instead of the standard output.' } },
  examples: {
    'redoubt lab import --out estate.yaml': 'A world of the newest scan …',
    'redoubt lab --world ./estate.yaml': '… and a lab to try things on.',
  },
  async run({ arguments: { inventory }, options: { out }, global, terminal }) {
    const [{ importInventory, writeWorld }, { openWorkspace }, { stringify }] = await Promise.all([
      import('#app/import-world.ts'),
      import('#app/workspace.ts'),
      import('yaml'),
    ])
    const { world, left } = await importInventory(await openWorkspace(workspaceOf(global)), inventory)
    // Anchors would save space and cost readability; a scanned name stays text, whatever it looks like.
    const text = stringify(world, { aliasDuplicateObjects: false, lineWidth: 0 })
    for (const line of left) terminal.tell(harmless(`Left out: ${line}.`))
    if (out === undefined) {
      terminal.print(text.trimEnd())
      return []
    }
    await writeWorld(out, text)
    terminal.tell(`Kept as ${harmless(out)}`)
    terminal.print(terminal.line(`lab --world ${shellWord(/[/\\]/.test(out) ? out : `./${out}`)}`))
    return []
  },
})
