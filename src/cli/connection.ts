// What the app floor wants to know of the global options.

import type { GlobalOptions } from './global.ts'
import type { Terminal } from './terminal.ts'

/** How to reach AWS. Variables of the environment are left to the SDK, which knows them all. */
export function connectionOf(
  { profile, region, allRegions, endpointUrl }: GlobalOptions,
  { signal }: Terminal,
) {
  return { profile, regions: region, allRegions: allRegions ?? false, endpointUrl, signal }
}

/** Where documents are kept, and the settings. */
export function workspaceOf({ workspace, settings }: GlobalOptions) {
  return { folder: workspace, settingsFile: settings }
}
