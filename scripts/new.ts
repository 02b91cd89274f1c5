// `npm run new practice <id>`: the two files of a practice, with its shape and none of its words.

import { existsSync, writeFileSync } from 'node:fs'
import { root } from './shelf.ts'

const [kind, id = ''] = process.argv.slice(2)
const practiceFile = `src/practices/${id}.ts`
const testFile = `src/practices/${id}.test.ts`

const refusal = whyNot()
if (refusal) {
  process.stderr.write(`${refusal}\n`)
  process.exitCode = 252
} else {
  writeFileSync(new URL(practiceFile, root), practiceText())
  writeFileSync(new URL(testFile, root), testText())
  await import('./generate.ts')
  process.stdout.write(
    [
      '',
      `Now edit ${practiceFile}: write its words, what its check looks at, and its examples.`,
      `Then ${testFile}: the edges that its examples do not show.`,
      'The common suite fails until both are done; it says what is missing:',
      '',
      `  npm run generate && npx vitest run src/practices/${id}.test.ts`,
      '',
      'Last, show it in the worlds of the lab; test/worlds.test.ts says what to add where:',
      `src/lab/worlds/neglected.yaml, src/lab/worlds/hardened.yaml and test/mixed/${id}.ts.`,
      '',
    ].join('\n'),
  )
}

function whyNot(): string | undefined {
  if (kind !== 'practice' || !id) return 'Write: npm run new practice <id>, such as cluster-enhanced-routing.'
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))
    return `"${id}" is not an id: use words in lower case with hyphens.`
  if (existsSync(new URL(practiceFile, root))) return `${practiceFile} exists already.`
  return undefined
}

/** A practice whose id says snapshot judges snapshots; the others judge clusters. */
function builder(): 'cluster' | 'snapshot' {
  return id.includes('snapshot') && !id.startsWith('cluster-') ? 'snapshot' : 'cluster'
}

function practiceText(): string {
  const noun = builder()
  const today = new Date().toISOString().slice(0, 10)
  return `// Resources are as they should be: one sentence that says what is wanted.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { ${noun} } from './examples.ts'

export default definePractice({
  id: '${id}',
  // The wanted state in the present tense, without a full stop: "Clusters keep an audit log".
  title: '',
  severity: 'medium',
  resource: 'redshift:${noun}',
  // The answers beyond the facts that check and steps read.
  needs: [],
  // Only mappings that a source states; each is listed in src/model/control.ts.
  controls: [],
  references: [],
  why: '',
  whenNotTo: '',
  guide: {
    check: { cli: [], console: [] },
    change: { cli: [], console: [] },
    source: '',
    readOn: '${today}',
  },

  // Pure: one ${noun} in, one verdict out. The message completes a sentence that begins with "The ${noun}".
  check({ facts }) {
    const states = { configured: said(facts.Encrypted ?? null, 'facts') }
    return facts.Encrypted ? pass('on', '', states) : fail('off', '', states)
  },

  // A remediation stands here when a call can do it; without one, the guide is all that a person gets.

  // Tests and documentation at once: each situation with the reason that the check must give.
  examples: {
    pass: {
      '': ${noun}({ reason: 'on' }),
    },
    fail: {},
  },
})
`
}

function testText(): string {
  return `// Edges of ${id}: what its examples do not show.

import { expect, test } from 'vitest'
import practice from './${id}.ts'
import { ${builder()} } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (facts: object) => verdictOf(practice, ${builder()}({ reason: '', facts }))

test('without a word of AWS it is unknown', () => {
  expect(verdict({ Encrypted: undefined })).toMatch(/^unknown /)
})
`
}
