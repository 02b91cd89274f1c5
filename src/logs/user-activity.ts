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
  /'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z UTC \[ db=.{1,384}? pid=\d+ userid=\d+ xid=\d+ \]' LOG: ?/iy

/** No header is longer. */
export const longestHeader = 512

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
  /** The whole lines of the record that has begun. Nothing looks into them again, so that small pieces cost no more. */
  #record = ''
  /** The line that has begun: a header is only told in a whole one. */
  #line = ''
  /** True while the rest of a record that was cut goes by. */
  #isOver = false
  readonly #meet: (record: ActivityRecord) => void

  /** `meet` hears each record when its end is seen. */
  constructor(meet: (record: ActivityRecord) => void) {
    this.#meet = meet
  }

  /** Takes in what comes next. */
  push(piece: string): void {
    const end = piece.lastIndexOf('\n') + 1
    if (end > 0) {
      this.#takeLines(this.#line + piece.slice(0, end))
      this.#line = ''
    }
    this.#line += piece.slice(end)
    if (this.#record.length + this.#line.length > longestStatement + longestHeader) this.#cutOff()
  }

  /** The log has ended: tells the last record. */
  end(): void {
    if (this.#line !== '') this.push('\n')
    this.#tell()
  }

  #takeLines(lines: string): void {
    let start = 0
    for (let at = 0; at >= 0; at = nextLine(lines, at)) {
      header.lastIndex = at
      if (!header.test(lines)) continue
      this.#record += lines.slice(start, at)
      this.#tell()
      this.#isOver = false
      start = at
    }
    this.#record += lines.slice(start)
  }

  #cutOff(): void {
    if (!this.#isOver) {
      this.cut++
      this.#record = (this.#record + this.#line).slice(0, longestStatement)
      this.#tell()
    }
    this.#isOver = true
    this.#record = ''
    // A line that has only begun may be the next header; the middle of one may not be taken for its beginning.
    if (this.#line.length >= longestHeader) this.#line = ' '
  }

  #tell(): void {
    const record = this.#record
    this.#record = ''
    if (record === '' || this.#isOver) return
    const raw = record.replace(/\r?\n$/, '')
    header.lastIndex = 0
    const [head = '', at] = header.exec(raw) ?? []
    if (at) this.headers++
    this.#meet({ at: at && `${at.toUpperCase()}Z`, sql: raw.slice(head.length), raw })
  }
}

/** Where the next line begins that may be a header. */
function nextLine(lines: string, from: number): number {
  const found = lines.indexOf("\n'", from)
  return found < 0 ? -1 : found + 1
}
