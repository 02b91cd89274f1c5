// The help of the whole program as text, so that asking for it loads nothing.

import { readFileSync } from 'node:fs'
import type { AnyCommand } from '#cli/command.ts'
import { rootHelp } from '#cli/view/help.ts'
import { loadShelf, root } from '../shelf.ts'
import { notice, type Page } from './indexes.ts'

/** `src/cli/help.ts`. */
export async function helpText(): Promise<Page> {
  const help = rootHelp(await loadShelf<AnyCommand>('src/cli/commands'))
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string }
  const text = [
    notice,
    '',
    `export const version = '${version}'`,
    '',
    `export const help = \`${help.replace(/[\\`$]/g, '\\$&')}\``,
    '',
  ].join('\n')
  return { path: 'src/cli/help.ts', text }
}
