// docs/lab-fidelity.md: each operation of the lab, who tests it and what it rests on, and what nobody has verified.

import { declaredCommands, packageOf } from '#lab/fidelity/clients.ts'
import { readDoubts, readFacts } from '#lab/fidelity/facts.ts'
import { ruleRows } from '#lab/fidelity/rules.ts'
import { readTests, type Tested } from '#lab/fidelity/tested.ts'
import { findService, serviceNames } from '#lab/services/index.ts'
import type { Page } from './indexes.ts'
import { bullets, code, generatedNotice, table } from './markdown.ts'

/** The page of fidelity. */
export async function fidelityPage(): Promise<Page> {
  const tested = readTests(serviceNames)
  const sections = await Promise.all(serviceNames.map((name) => section(name, tested)))
  const doubts = readDoubts()
  const done = sections.reduce((sum, { implemented }) => sum + implemented, 0)
  const text = [
    '# How true the lab is',
    generatedNotice,
    `${done} operations of ${serviceNames.length} services. Each of them is called with random inputs, and may answer with no error that the SDK does not declare for it; each input and output goes through the SDK's own serialiser and back. The tests named here judge what it does. A source is what the comments of the operation's file name, beside the types of the SDK; what nobody has seen AWS do is listed under [unverified](#unverified).`,
    '## Rules',
    'What a lab for Redshift must get right, and the tests that fail when it does not.',
    table(['rule', 'held by'], ruleRows()),
    ...sections.flatMap(({ lines }) => lines),
    '## Unverified',
    `${doubts.length} remarks, by file.`,
    ...byFile(doubts),
  ]
  return { path: 'docs/lab-fidelity.md', text: `${text.join('\n\n')}\n` }
}

async function section(name: string, tested: Tested): Promise<{ implemented: number; lines: string[] }> {
  const service = await findService(name)
  const facts = readFacts(name)
  const operations = [...(service?.operations.keys() ?? [])].sort()
  const missing = declaredCommands(name).filter((operation) => !operations.includes(operation))
  const rows = operations.map((operation) => {
    const known = facts(operation)
    return [
      operation,
      tested(name, operation).map(link).join(', ') || 'random calls only',
      known ? `${link(known.path)}: ${known.sources.map(sourceLink).join(', ')}` : 'SDK model',
    ]
  })
  const lines = [
    `## ${name}`,
    `${operations.length} operations of ${code(packageOf(name))}; ${missing.length} are not there, and answer so.`,
    table(['operation', 'tested in', 'code and its sources'], rows),
    ...(missing.length > 0 ? [folded(`Not implemented: ${missing.length}`, missing.join(', '))] : []),
  ]
  return { implemented: operations.length, lines }
}

function folded(title: string, text: string): string {
  return ['<details>', `<summary>${title}</summary>`, '', text, '', '</details>'].join('\n')
}

function byFile(doubts: ReturnType<typeof readDoubts>): string[] {
  const files = [...new Set(doubts.map(({ path }) => path))]
  return files.map((file) => {
    const own = doubts.filter(({ path }) => path === file).map(({ text }) => text.replaceAll('<', '&lt;'))
    return [`${link(file)}`, bullets(own)].join('\n\n')
  })
}

/** A link to a file of the checkout from docs/, without what all of them have in common. */
function link(path: string): string {
  const short = path.replace(/^src\/lab\/(services\/)?/, '').replace(/(\.test)?\.ts$/, '')
  return `[${short}](../${path})`
}

function sourceLink(source: string): string {
  const page = /([^/]+?)(\.html)?(#.*)?$/.exec(source)?.[1] ?? source
  return source.startsWith('https:') ? `[${page}](${source})` : source
}
