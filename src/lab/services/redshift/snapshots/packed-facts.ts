// The facts of snapshots as a saved state has them: packed by cluster. A lab may have ten thousand snapshots and is saved
// after every change. Facts are replaced and never changed, so that those of a cluster are packed once.

import { pack, unpack } from '#lab/packed.ts'
import type { State } from '#lab/state.ts'
import type { SnapshotFacts, SnapshotRecord } from '../model.ts'

type Records = Map<string, SnapshotRecord>

// Fewer are quicker written down as they are.
const fewest = 20

/** The snapshots of each cluster that has many, always in the same order. */
function* crowds({ accounts }: State): Generator<Records, undefined> {
  for (const { regions } of accounts.values())
    for (const { redshift } of regions.values())
      for (const records of redshift.snapshotsByCluster.values()) if (records.size >= fewest) yield records
}

const packed = new WeakMap<Records, { facts: SnapshotFacts[]; part: Buffer }>()

function partOf(records: Records, facts: SnapshotFacts[]): Buffer {
  const known = packed.get(records)
  if (known?.facts.length === facts.length && facts.every((one, index) => one === known.facts[index]))
    return known.part
  const part = pack(facts)
  packed.set(records, { facts, part })
  return part
}

const nothing = {} as SnapshotFacts

/** Writes a state down without the facts of many snapshots, which come packed; afterwards it has them again. */
export function writeWithoutFacts(state: State, write: () => Buffer): { bytes: Buffer; facts: Buffer[] } {
  const taken = [...crowds(state)].map((records) => {
    const facts = Array.from(records.values(), (record) => record.facts)
    return { records, facts, part: partOf(records, facts) }
  })
  try {
    for (const { records } of taken) for (const record of records.values()) record.facts = nothing
    return { bytes: write(), facts: taken.map(({ part }) => part) }
  } finally {
    for (const { records, facts } of taken) putBack(records, facts)
  }
}

/** Gives a state that was read the facts that were packed when it was written. */
export function addFacts(state: State, parts: Buffer[]): void {
  for (const [index, records] of [...crowds(state)].entries()) {
    const part = parts[index] ?? Buffer.alloc(0)
    const facts = unpack<SnapshotFacts[]>(part)
    putBack(records, facts)
    packed.set(records, { facts, part })
  }
}

function putBack(records: Records, facts: SnapshotFacts[]) {
  let index = 0
  for (const record of records.values()) {
    record.facts = facts[index] ?? record.facts
    index += 1
  }
}
