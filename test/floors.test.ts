// The floors of the house: no file imports from a floor it stands below.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { exceptions, floors } from './floors.table.ts'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** Every source file, by its path below src/ with forward slashes. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('/testing/'))

/** What a file imports statically: values, types and side effects, and what it exports from elsewhere. */
function importsOf(text: string): string[] {
  const statements = text.matchAll(/^\s*(?:import|export)\b[^'"`;=]*?['"]([^'"]+)['"]/gm)
  const inTypes = text.matchAll(/(?<!await )\bimport\('([^']+)'\)\./g)
  return [...statements, ...inTypes].map(([, specifier = '']) => specifier)
}

/** The folder below src/ that a specifier leads to, or undefined for a package. */
function folderOf(specifier: string, file: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1).split('/')[0]
  if (specifier.startsWith('.')) return posix.join(dirname(file), specifier).split('/')[0]
  return undefined
}

function faultsOf(file: string, text: string): string[] {
  const folder = file.split('/')[0] ?? ''
  const floor = floors.find(({ folders }) => folders.includes(folder))
  if (!floor) return [`src/${file} stands on no floor: add its folder to test/floors.table.ts`]
  const also = exceptions.filter((exception) => exception.file === file).map(({ mayImport }) => mayImport)
  const allowed = [...floor.mayImport, ...also, folder]
  return importsOf(text).flatMap((specifier) => {
    const target = folderOf(specifier, file)
    if (specifier.startsWith('../..')) return [`src/${file} climbs with ${specifier}: write #folder/file.ts`]
    if (target === undefined || allowed.includes(target)) return []
    const may = floor.mayImport.length > 0 ? `may import ${floor.mayImport.join(', ')}` : 'may import nothing'
    return [`src/${file}: ${folder}/ ${may}; not ${target}/ (${specifier})`]
  })
}

test('no file imports from a floor above its own', () => {
  const faults = files.flatMap((file) => faultsOf(file, readFileSync(join(src, file), 'utf8')))
  expect(faults).toEqual([])
})

test('the floors test sees files of every floor', () => {
  expect(files.length).toBeGreaterThan(100)
  const folders = new Set(files.map((file) => file.split('/')[0]))
  expect([...folders].sort()).toEqual(floors.flatMap((floor) => floor.folders).sort())
})

test.each([
  ["import { a } from '#aws/door.ts'", 'value'],
  ["import type { A } from '#aws/door.ts'", 'type'],
  ["import '#aws/door.ts'", 'side effect'],
  ["export * from '#aws/door.ts'", 'export'],
  ["import {\n  a,\n  b,\n} from '../aws/door.ts'", 'relative, over lines'],
  ["type A = import('#aws/door.ts').A", 'type expression'],
])('a planted import is seen: %s (%s)', (text) => {
  expect(faultsOf('practices/planted.ts', text)).toEqual([
    expect.stringContaining('practices/ may import model, kit; not aws/'),
  ])
})

test('every exception is about a file that exists and needs it', () => {
  for (const { file, mayImport } of exceptions) {
    const targets = importsOf(readFileSync(join(src, file), 'utf8')).map((specifier) =>
      folderOf(specifier, file),
    )
    expect(targets).toContain(mayImport)
  }
})
