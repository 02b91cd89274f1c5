// Turns an inventory of the workspace into a world.

import { harmless } from '#kit/text.ts'
import { Problem } from '#model/problem.ts'
import { writeWhole } from '#store/folder.ts'
import { inventoryIds, openInventory } from '#store/inventories.ts'
import { type Imported, importWorld } from './imported/world.ts'
import type { Workspace } from './workspace.ts'

export type { Imported } from './imported/world.ts'

/** The world of an inventory, the newest when no id is given. Throws a Problem when there is none. */
export async function importInventory(workspace: Workspace, id?: string): Promise<Imported> {
  const wanted = id ?? (await inventoryIds(workspace.folder)).at(-1)
  const inventory = wanted === undefined ? undefined : await openInventory(workspace.folder, wanted)
  if (inventory) return importWorld(inventory, workspace.settings.accounts)
  const what =
    id === undefined
      ? `Nothing was scanned yet in ${harmless(workspace.folder)}.`
      : `There is no inventory ${harmless(id)}.`
  throw new Problem('usage', what, 'Run "redoubt scan" first, or correct the id; "redoubt show" lists them.')
}

/** Writes a world to a file that only its owner may read: it shows an estate. */
export async function writeWorld(file: string, text: string): Promise<void> {
  await writeWhole(file, text)
}
