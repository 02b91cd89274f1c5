// Everything that is generated, as paths with texts; `generate.ts` writes it and test/fresh.test.ts compares it.

import { commandsPage } from './pages/commands.ts'
import { helpText } from './pages/help.ts'
import { indexes, type Page } from './pages/indexes.ts'

/** Every generated file as it must be now. */
export async function generated(): Promise<Page[]> {
  return [...indexes(), await helpText(), await commandsPage()]
}
