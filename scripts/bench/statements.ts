// What statements that somebody left open cost the reading of a log: the same records after sixteen of a kind, and alone.

import { MovementReader } from '../../src/logs/data-movement.ts'
import { UserActivityLog } from '../../src/logs/user-activity.ts'
import { leastOf, round } from './process.ts'

const head = "'2026-11-22T11:00:00Z UTC [ db=dev user=etl pid=1 userid=100 xid=1 ]' LOG: "
const records = `${head}select o.id from shop.orders o where o.note <> 'it''s' order by 1\n`
  .repeat(4)
  .concat(`${head}/* a tool */ select "o"."id" from "shop"."orders" "o"\n`)
  .repeat(4_000)

const kinds: Record<string, (at: number) => string> = {
  comments: (at) => `select 1 ${'/*'.repeat(at)}`,
  names: () => 'select "oops',
  bodies: (at) => `select $t${at}$ oops`,
  bodiesInBodies: (at) => `select $a${at}$ unload ($b${at}$ copy t $c$`,
}

/** Processor time over that of the records alone, the least of five readings of each, in turns. */
export function openStatements() {
  const ratios = Object.entries(kinds).map(([kind, begin]) => {
    const open = Array.from({ length: 16 }, (_, at) => `${head}${begin(at)}\n`).join('')
    const { alone, after } = leastOf(5, { alone: () => read(records), after: () => read(open + records) })
    return [kind, round(after / alone)]
  })
  return { toNone: Object.fromEntries(ratios), aim: '≤ 12' }
}

function read(text: string): void {
  const reader = new MovementReader(() => {})
  const log = new UserActivityLog((record) => reader.read(record))
  log.push(text)
  log.end()
}
