// What the app floor wants to know of the global options.

import { Problem } from '#model/problem.ts'
import type { GlobalOptions } from './global.ts'
import type { Terminal } from './terminal.ts'

/** How to reach AWS. Variables of the environment are left to the SDK, which knows them all. */
export function connectionOf(
  { profile, region, allRegions = false, endpointUrl }: GlobalOptions,
  { signal, env }: Terminal,
) {
  checkUrl('--endpoint-url', endpointUrl)
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_REDSHIFT'])
    checkUrl(name, env[name])
  if (allRegions && region.length > 0) {
    throw new Problem('usage', '--region and --all-regions contradict each other.', 'Leave out one of them.')
  }
  return { profile, regions: region, allRegions, endpointUrl, signal }
}

function checkUrl(source: string, text: string | undefined): void {
  if (!text || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return
  throw new Problem(
    'usage',
    `${source} is not a web address: ${JSON.stringify(text)}.`,
    'Write it as http://127.0.0.1:4566.',
  )
}

/** Where documents are kept, and the settings. */
export function workspaceOf({ workspace, settings }: GlobalOptions) {
  return { folder: workspace, settingsFile: settings }
}
