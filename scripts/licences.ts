// The licences of the packages that a bundle contains, in one text, as they ask for.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text for the packages that these files, relative to `folder`, come from. */
export function licencesOf(files: readonly string[], folder: string): string {
  const packages = [...new Set(files.flatMap((file) => packageOf(file) ?? []))].sort()
  return packages.map((path) => licenceOf(join(folder, path))).join(`\n${'-'.repeat(80)}\n\n`)
}

/** `node_modules/@aws-sdk/client-sts/dist-es/index.js` → `node_modules/@aws-sdk/client-sts`. */
function packageOf(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
}

function licenceOf(path: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  const texts = readdirSync(path)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file) && existsSync(join(path, file)))
    .map((file) => readFileSync(join(path, file), 'utf8').trim())
  return [`${name} ${version} (${license ?? 'no licence named'})`, ...texts].join('\n\n')
}
