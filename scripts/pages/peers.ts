// docs/peers.md: the cases that other tools judge wrong, what is right, and the tests that show Redoubt judging it so.

import { readdirSync, readFileSync } from 'node:fs'
import { root } from '../shelf.ts'
import type { Page } from './indexes.ts'
import { code, generatedNotice, table } from './markdown.ts'
import { cases } from './peer-cases.ts'

/** A test, found by the number of the case that its name begins with. */
type Proof = { file: string; name: string }

/** The page. Which tests there are is read from their files. */
export function peersPage(): Page {
  const proofs = proofsOf(['src/practices', 'src/model', 'src/engine', 'src/app', 'test', 'test/e2e'])
  const rows = cases.map(({ id, seen, situation, right }) => [
    id,
    seen,
    situation,
    right,
    (proofs.get(id) ?? []).map(({ file, name }) => `${code(file)}: ${name}`).join('<br>') || 'none yet',
  ])
  const text = [
    '# Cases that other tools judge wrong',
    generatedNotice,
    'Each was seen in the source or the documentation of the tools named, as they were in 2025 and 2026; they may have been mended since. The right answer is the one that Redoubt gives, and the tests named hold it to that.',
    table(['case', 'seen in', 'situation', 'right', 'tests'], rows),
  ]
  return { path: 'docs/peers.md', text: `${text.join('\n\n')}\n` }
}

/** The tests by case; a name such as `D12: …` begins with the case it is about. */
export function proofsOf(folders: readonly string[]): Map<string, Proof[]> {
  const proofs = new Map<string, Proof[]>()
  for (const folder of folders) {
    const files = readdirSync(new URL(folder, root)).filter((file) => file.endsWith('.test.ts'))
    for (const file of files.sort()) {
      const text = readFileSync(new URL(`${folder}/${file}`, root), 'utf8')
      for (const [, , id = '', name = ''] of text.matchAll(
        /(?:test|it|describe)\((['`])((?:D\d+(?:, )?)+): (.*?)\1/g,
      )) {
        for (const one of id.split(', '))
          proofs.set(one, [...(proofs.get(one) ?? []), { file: `${folder}/${file}`, name }])
      }
    }
  }
  return proofs
}
