// The user activity log: its text, as it arrives, cut into records, each a statement and when it was logged.

/** A record. What stands before the first header goes on from a file that was not read: nobody knows when. */
export type ActivityRecord = {
  /** ISO 8601, in whole seconds. */
  at: string | undefined
  /** The statement as it was sent, with its line breaks. */
  sql: string
  /** As it stands in the log, header and all. */
  raw: string
}

/** A statement has 16 MB at the most (c_redshift-sql in the Database Developer Guide); a header goes before it. */
export const longestStatement = 16 * 1024 * 1024

/**
 * The whole shape of a header (db-auditing): a statement may have lines that begin with a time. The names of database and
 * user may hold blanks and colons, 127 bytes each (r_names in the Database Developer Guide). Old logs have a small t.
 */
const header =
  /'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z UTC \[ db=.{1,1024}? pid=\d+ userid=\d+ xid=\d+ \]' LOG: ?/iy

/** No header is longer. */
export const longestHeader = 2_048

/**
 * Cuts the text of one log into records, in whatever pieces it comes. A record is a header and the lines up to the next
 * one. What is longer than any statement is cut, and counted.
 *
 * A statement that holds a line like a header, in a comment say, looks like two records: what they are is for the reader
 * of the statements to tell (`data-movement.ts`).
 */
export class UserActivityLog {
  /** Records that were longer than may be kept. */
  cut = 0
  /** Headers that were seen. */
  headers = 0
  /** The record that has begun, up to the end of what came. */
  #text = ''
  /** Where the next header is looked for. */
  #from = 0
  /** True while the rest of a record that was cut goes by. */
  #isOver = false
  readonly #meet: (record: ActivityRecord) => void

  /** `meet` hears each record when its end is seen. */
  constructor(meet: (record: ActivityRecord) => void) {
    this.#meet = meet
  }

  /** Takes in what comes next. */
  push(piece: string): void {
    this.#text += piece
    // A header is only told in a whole line.
    const end = this.#text.lastIndexOf('\n') + 1
    let start = 0
    for (let at = this.#lineAt(this.#from, end); at >= 0; at = this.#lineAt(at + 1, end)) {
      header.lastIndex = at
      if (!header.test(this.#text)) continue
      if (at > start) this.#tell(this.#text.slice(start, at))
      this.#isOver = false
      start = at
    }
    this.#text = this.#text.slice(start)
    this.#from = Math.max(0, end - start - 1)
    if (this.#text.length > longestStatement + longestHeader) this.#cutOff()
  }

  #cutOff(): void {
    if (!this.#isOver) {
      this.cut++
      this.#tell(this.#text.slice(0, longestStatement))
    }
    this.#isOver = true
    // A line that has only begun may be the next header; the middle of one may not be taken for its beginning.
    const line = this.#text.lastIndexOf('\n')
    const hasBegun = line >= 0 && this.#text.length - line < longestHeader
    this.#text = hasBegun ? this.#text.slice(line) : ' '
    this.#from = 0
  }

  /** The log has ended: tells the last record. */
  end(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.push('\n')
    if (this.#text !== '') this.#tell(this.#text)
    this.#text = ''
    this.#from = 0
  }

  /** The next line that may be a header, from somewhere on and before the end. */
  #lineAt(from: number, end: number): number {
    if (from === 0 && end > 0 && this.#text.startsWith("'")) return 0
    const found = this.#text.indexOf("\n'", Math.max(0, from - 1))
    return found < 0 || found + 1 >= end ? -1 : found + 1
  }

  #tell(record: string): void {
    if (this.#isOver) return
    const raw = record.replace(/\r?\n$/, '')
    header.lastIndex = 0
    const [head = '', at] = header.exec(raw) ?? []
    if (at) this.headers++
    this.#meet({ at: at && `${at.toUpperCase()}Z`, sql: raw.slice(head.length), raw })
  }
}
