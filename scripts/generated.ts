// Everything that is generated, as paths with texts; `generate.ts` writes it and test/fresh.test.ts compares it.

import { architecturePage } from './pages/architecture.ts'
import { commandsPage } from './pages/commands.ts'
import { fidelityPage } from './pages/fidelity.ts'
import { helpText } from './pages/help.ts'
import { indexes, type Page } from './pages/indexes.ts'
import { peersPage } from './pages/peers.ts'
import { permissionsPage } from './pages/permissions.ts'
import { practiceTable } from './pages/practice-table.ts'
import { practicePages } from './pages/practices.ts'
import { schemaPages } from './pages/schemas.ts'
import { settingsPage } from './pages/settings.ts'

/** Every generated file as it must be now. */
export async function generated(): Promise<Page[]> {
  return [
    ...indexes(),
    await helpText(),
    await commandsPage(),
    ...(await practicePages()),
    await practiceTable(),
    peersPage(),
    await permissionsPage(),
    await settingsPage(),
    await fidelityPage(),
    architecturePage(),
    ...schemaPages(),
  ]
}
