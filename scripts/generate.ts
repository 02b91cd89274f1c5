// Writes every generated file. The indexes go first, because the pages behind them are made from what they name.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { indexes, type Page } from './pages/indexes.ts'
import { root } from './shelf.ts'

for (const page of indexes()) write(page)
const { generated } = await import('./generated.ts')
for (const page of await generated()) write(page)

function write({ path, text }: Page): void {
  const file = new URL(path, root)
  if (read(file) === text) return
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, text)
  process.stdout.write(`wrote ${path}\n`)
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
