// Assessments: a manifest, and one file for each account and region. Findings of one status and severity lie together
// in it, sorted and gzipped, so that those that are wanted are read without the others, and none needs room in memory.

import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { hashOf } from '#kit/hash.ts'
import type { AssessmentHead, KeptAssessment, Kin, Tally } from '#model/assessment.ts'
import type { Finding, Status } from '#model/finding.ts'
import { Problem } from '#model/problem.ts'
import { severities } from '#model/severity.ts'
import { idLike } from './documents.ts'
import { type FindingLine, findingsOf, runText } from './finding-lines.ts'
import { join, namesIn, notWritable, openFolder, readText, writeWhole } from './folder.ts'
import { compressed, readLines } from './lines.ts'

/** Findings of a kind, sorted by resource and practice: the bytes of a file from `start` up to `end`. */
type Run = Kin & { file: string; start: number; end: number; sha256: string }

type Kept = Omit<AssessmentHead, 'schema'> & {
  schema: typeof schema
  tallies: Tally[]
  runs: Run[]
}

const schema = 'redoubt.kept-assessment/4'

/** Findings of a kind that wait to be written. */
type Held = { kin: Kin; findings: Finding[] }

/** As many findings are held before they are sorted and written: so few that most never leave the young generation. */
const mostHeld = 2_500

const folderOf = (workspace: string, id: string) => join(workspace, 'assessments', id)

/** Takes findings as they come, in any order. */
export type AssessmentWriter = {
  add(finding: Finding): void
  /** From now on the assessment exists. */
  finish(head: Omit<AssessmentHead, 'schema' | 'id'>, tallies: Tally[]): Promise<KeptAssessment>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Begins the assessment of an inventory. */
export async function writeAssessment(workspace: string, inventory: string): Promise<AssessmentWriter> {
  const draft = folderOf(workspace, `${inventory}.${process.pid}.tmp`)
  await openFolder(workspace)
  await openFolder(draft)
  const runs: Run[] = []
  const ends = new Map<string, number>()
  let held: Held[] = []
  let count = 0

  function write({ kin, findings }: Held): void {
    // A finding on a suppression may have a glob for its place.
    const file = `${`${kin.account}.${kin.region}`.replace(/[^\w.-]/g, '_')}.jsonl.gz`
    const bytes = compressed(runText(findings.sort(byResource)))
    const start = ends.get(file) ?? 0
    const end = start + bytes.length
    ends.set(file, end)
    appendFileSync(join(draft, file), bytes, { mode: 0o600 })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    runs.push({ ...kin, file, start, end, sha256 })
  }

  function flush(): void {
    try {
      for (const same of held) write(same)
    } catch (error) {
      throw notWritable(draft, error)
    }
    held = []
    count = 0
  }

  return {
    add(finding) {
      const same = held.find(({ kin }) => isOf(kin, finding))
      if (same) same.findings.push(finding)
      else held.push({ kin: kinOf(finding), findings: [finding] })
      if (++count === mostHeld) flush()
    },
    async finish(head, tallies) {
      flush()
      const content = { ...head, tallies, runs: runs.sort(worstFirst) }
      const id = idLike(inventory, hashOf(content))
      const kept: Kept = { schema, id, ...content }
      await writeWhole(join(draft, manifest), `${JSON.stringify(kept, null, 2)}\n`)
      await rm(folderOf(workspace, id), { recursive: true, force: true })
      await rename(draft, folderOf(workspace, id))
      return opened(workspace, kept)
    },
    discard: () => rm(draft, { recursive: true, force: true }),
  }
}

const manifest = 'manifest.json'

function kinOf({ account, region, status, severity, suppression }: Finding): Kin {
  return { account, region, status, severity, suppressed: suppression !== undefined }
}

/** Looked for among few: each finding with a key of its own would take longer. */
function isOf(kin: Kin, { account, region, status, severity, suppression }: Finding): boolean {
  return (
    kin.severity === severity &&
    kin.status === status &&
    kin.region === region &&
    kin.account === account &&
    kin.suppressed === (suppression !== undefined)
  )
}

/** Opens an assessment by its id; undefined when there is none. */
export async function openAssessment(workspace: string, id: string): Promise<KeptAssessment | undefined> {
  const text = await readText(join(folderOf(workspace, id), manifest))
  if (text === undefined) return undefined
  const kept = JSON.parse(text) as Kept
  if (kept.schema === schema) return opened(workspace, kept)
  throw new Problem(
    'environment',
    `The assessment ${id} was kept by another version of Redoubt.`,
    'Scan again.',
  )
}

/** The ids of all assessments, oldest first. */
export function assessmentIds(workspace: string): Promise<string[]> {
  return namesIn(join(workspace, 'assessments'))
}

function opened(workspace: string, kept: Kept): KeptAssessment {
  const { runs, tallies, ...head } = kept
  return {
    ...head,
    schema: 'redoubt.assessment/1',
    hash: hashOf(kept),
    tallies,
    async *findings(isWanted = () => true) {
      for (const same of together(runs.filter(isWanted))) {
        yield* merged(same.map((run) => findingsIn(join(folderOf(workspace, kept.id), run.file), run)))
      }
    },
  }
}

/** Runs of one rank and place, suppressed or not, which are merged as they are read. */
function together(runs: readonly Run[]): Run[][] {
  const groups: Run[][] = []
  for (const run of runs) {
    const last = groups.at(-1)
    if (last?.[0] && worstFirst(last[0], run) === 0) last.push(run)
    else groups.push([run])
  }
  return groups
}

async function* findingsIn(path: string, run: Run): AsyncGenerator<Finding> {
  for await (const batch of readLines<FindingLine>({ ...run, path }))
    for (const line of batch) yield* findingsOf(line, run)
}

/** Sorted streams as one. */
async function* merged(streams: AsyncGenerator<Finding>[]): AsyncGenerator<Finding> {
  const heads = await Promise.all(streams.map(step))
  try {
    for (;;) {
      const first = heads.reduce((least, head) => (comesBefore(head, least) ? head : least))
      if (first.result.done) return
      yield first.result.value
      first.result = await first.stream.next()
    }
  } finally {
    for (const stream of streams) await stream.return(undefined)
  }
}

type Head = { stream: AsyncGenerator<Finding>; result: IteratorResult<Finding> }

async function step(stream: AsyncGenerator<Finding>): Promise<Head> {
  return { stream, result: await stream.next() }
}

function comesBefore({ result: a }: Head, { result: b }: Head): boolean {
  if (a.done) return false
  return b.done === true || byResource(a.value, b.value) < 0
}

const urgency: readonly Status[] = ['fail', 'unknown', 'manual', 'pass']

function worstFirst(a: Kin, b: Kin): number {
  return (
    urgency.indexOf(a.status) - urgency.indexOf(b.status) ||
    severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
    compare(a.account, b.account) ||
    compare(a.region, b.region)
  )
}

function byResource(a: Finding, b: Finding): number {
  return compare(a.resource, b.resource) || compare(a.practice, b.practice)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
