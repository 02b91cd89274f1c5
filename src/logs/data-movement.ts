// What moves data between a warehouse and S3: the buckets that the COPY and UNLOAD statements of a log name.

import { isWithin, type Open, type Part, partsOf, type Reading } from './sql.ts'
import { type ActivityRecord, longestHeader, longestStatement } from './user-activity.ts'

/** A statement that moves data, and the bucket it names. */
export type Movement = { statement: 'COPY' | 'UNLOAD'; bucket: string }

type Meet = (movement: Movement) => void

/** What stands before the place that data is read from or written to. */
const before = { COPY: 'FROM', UNLOAD: 'TO' } as const

/** Most statements move nothing. */
const mayMove = (sql: string) => /copy|unload/i.test(sql)

/**
 * The movements of a text of statements. A statement may be no more than an attempt, and name a bucket that is not there:
 * one bucket too many is looked at in vain, one too few is never seen.
 */
export function movementsIn(sql: string): Movement[] {
  const found = new Map<string, Movement>()
  searched(sql, (movement) => found.set(`${movement.statement} ${movement.bucket}`, movement))
  return [...found.values()]
}

/** Searches a text in some ways of reading. */
function searched(sql: string, meet: Meet, readings = readingsOf(sql)): Search[] {
  return readings.map((reading) => {
    const search = new Search(reading, meet)
    search.push(sql)
    return search
  })
}

const eachWay = [true, false].flatMap((escapes) => [true, false].map((nests) => ({ escapes, nests })))

/** The ways to read a text, where they differ for it. */
function readingsOf(sql: string): Reading[] {
  const first = sql.indexOf('/*')
  const mayNest = first >= 0 && sql.includes('/*', first + 2)
  const mayEscape = sql.includes('\\')
  return eachWay.filter(({ escapes, nests }) => (escapes || mayEscape) && (nests || mayNest))
}

/** Bodies and literals within each other are followed so far. */
const deepest = 4

/**
 * Looks through a text in one way of reading. Words are told from names, literals and comments; the bodies of procedures are
 * looked into, with the literals that they may execute.
 */
class Search {
  readonly #reading: Reading
  readonly #meet: Meet
  readonly #depth: number
  #open: Open
  /**
   * Statements whose place has not come yet, and how many parentheses were open where each began. A table or a column may be
   * called like one: neither word is reserved (r_pg_keywords in the Database Developer Guide).
   */
  readonly #awaiting = new Map<Movement['statement'], number>()
  #parentheses = 0
  /** The statement whose place comes next. */
  #next: Movement['statement'] | undefined
  /** Looks into the body that is open; null where nothing in it goes on. */
  #inner: Search | null | undefined

  constructor(reading: Reading, meet: Meet, depth = 0) {
    this.#reading = reading
    this.#meet = meet
    this.#depth = depth
  }

  /**
   * True when the text ends inside of something that more lines of a log may be in: one that looks like a header begins with
   * a quote, which ends a literal.
   */
  get goesOn(): boolean {
    return this.#open !== undefined && this.#open.in !== 'text'
  }

  /** True when the text ends too soon: inside of something, or before the place of a statement that moves data. */
  get isCut(): boolean {
    return this.#open !== undefined || this.#awaiting.size > 0
  }

  /** Takes in a part of the text. */
  push(sql: string): void {
    if (this.#open && isWithin(sql, this.#open)) {
      if (this.#inner) this.#lookOn(this.#inner, sql)
      return
    }
    const parts = partsOf(sql, this.#reading, this.#open)
    let step = parts.next()
    for (; !step.done; step = parts.next()) this.#take(step.value)
    this.#open = step.value
  }

  #take(part: Part): void {
    const statement = this.#next
    this.#next = undefined
    const isText = part.kind === 'text' || part.kind === 'body'
    if (statement && isText) this.#tell(statement, part.value)
    if (part.kind === 'body') this.#lookInto(part.value, part.isOpen)
    if (part.kind === 'text' && this.#depth > 0) this.#lookInto(part.value)
    if (part.kind === 'sign') this.#takeSign(part.value)
    if (part.kind === 'word') this.#takeWord(part.value)
  }

  #takeWord(word: string): void {
    if (word === 'COPY' || word === 'UNLOAD') this.#awaiting.set(word, this.#parentheses)
    for (const [statement, began] of this.#awaiting)
      if (word === before[statement] && this.#parentheses <= began) this.#next = statement
  }

  #takeSign(sign: string): void {
    if (sign === ';') this.#awaiting.clear()
    if (sign === '(') this.#parentheses++
    if (sign === ')') this.#parentheses--
  }

  /** Of EMR, DynamoDB and SSH hosts there is no bucket; and none is called otherwise. */
  #tell(statement: Movement['statement'], place: string): void {
    this.#awaiting.delete(statement)
    const [, bucket] = /^\s*s3:\/\/([\w.-]{3,255})(?:\/|\s*$)/i.exec(place) ?? []
    if (bucket) this.#meet({ statement, bucket })
  }

  /** A body that is open goes on in the next part of the text: whatever is in it is looked for, and nothing kept. */
  #lookInto(text: string, isOpen = false): void {
    if (this.#inner === undefined && this.#depth < deepest && (isOpen || mayMove(text)))
      this.#inner = new Search(this.#reading, this.#meet, this.#depth + 1)
    if (this.#inner) this.#lookOn(this.#inner, text)
    if (!isOpen) this.#inner = undefined
  }

  /** What is no longer inside of anything of a body does not go on there, as outside of it. */
  #lookOn(inner: Search, text: string): void {
    inner.push(text)
    if (!inner.goesOn) this.#inner = null
  }
}

/** A statement that is read on: its searches, and how much there is of it. */
type Unended = { searches: Search[]; length: number }

/**
 * An event of CloudWatch Logs had 256 KB at the most (API_InputLogEvent). Unverified: what comes of a statement that is
 * longer; when it ends too soon, the rest is somewhere else.
 */
const longestEvent = 256_000

/** So many are read on at once; nobody leaves that many open by mistake. */
const mostUnended = 16

/**
 * Reads the records of one log, one after the other. A statement may hold a line like the header of a record, in a comment
 * say, and is then cut in two there: so hides a bucket whoever wants to. What ends inside of a comment, a name or a body is
 * therefore read on through the records that follow, until it is closed, and these by themselves as well. What a forged
 * record names is found, too.
 */
export class MovementReader {
  /** Statements that could not be read to their end. */
  lost = 0
  #unended: Unended[] = []
  readonly #meet: (movement: Movement, at: string | undefined) => void

  /** `meet` hears each movement, with the time of its record. */
  constructor(meet: (movement: Movement, at: string | undefined) => void) {
    this.#meet = meet
  }

  read({ at, sql, raw }: ActivityRecord): void {
    const more = `\n${raw}`
    // Most records have nothing that a comment, a name or a body may end with.
    const mayEnd = /["$]|\*\/|\/\*/.test(raw)
    this.#unended = this.#unended.flatMap(({ searches, length }) => {
      if (mayEnd) for (const search of searches) search.push(more)
      const open = searches.filter(({ goesOn }) => goesOn)
      const known = length + raw.length
      return open.length > 0 && known < longestStatement ? [{ searches: open, length: known }] : []
    })
    for (const text of startsIn(sql)) this.#begin(text, (movement) => this.#meet(movement, at))
    this.lost += this.#unended.splice(0, this.#unended.length - mostUnended).length
  }

  #begin(text: string, meet: Meet): void {
    // Nothing else can be open at the end, or move data.
    if (!/\/\*|"|\$|copy|unload/i.test(text)) return
    const searches = searched(text, meet)
    if (text.length >= longestEvent && searches.some(({ isCut }) => isCut)) this.lost++
    if (!searches.some(({ goesOn }) => goesOn)) return
    // What follows may be read in ways that do not differ for what there is yet.
    const open = searched(text, meet, eachWay).filter(({ goesOn }) => goesOn)
    this.#unended.push({ searches: open, length: text.length })
  }
}

/** What follows a header, and what follows where it ends instead if a user is called like the end of one. */
function startsIn(sql: string): string[] {
  const [line = ''] = sql.slice(0, longestHeader).split('\n', 1)
  const ends = [...line.matchAll(/ xid=\d+ \]' LOG: ?/g)]
  return [sql, ...ends.map(({ 0: end, index }) => sql.slice(index + end.length))]
}
