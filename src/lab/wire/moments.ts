// How a moment is written on the wire: ISO 8601, as in an HTTP header, or in seconds since 1970.

import type { NormalizedSchema } from '@smithy/core/schema'

/** The three formats of the protocols (Smithy specification, timestampFormat). */
export type MomentFormat = 'date-time' | 'http-date' | 'epoch-seconds'

// The numbers by which the SDK's schemas name the timestampFormat trait (SCHEMAS.md of aws-sdk-js-v3).
const byNumber: Record<number, MomentFormat> = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' }

/** The format a shape asks for, or else the one usual where it stands. */
export function formatOf(schema: NormalizedSchema, usual: MomentFormat): MomentFormat {
  return byNumber[Number(schema.getSchema())] ?? usual
}

// Lists show the same moments again and again, and making this text is most of the work of writing them.
const isoTexts = new WeakMap<Date, string>()

function isoText(moment: Date): string {
  const known = isoTexts.get(moment)
  if (known !== undefined) return known
  const text = moment.toISOString().replace('.000Z', 'Z')
  isoTexts.set(moment, text)
  return text
}

/** A moment as text; parts of a second only where there are any. */
export function momentText(moment: Date, format: MomentFormat): string {
  if (format === 'epoch-seconds') return String(moment.getTime() / 1_000)
  return format === 'http-date' ? moment.toUTCString() : isoText(moment)
}

/** The moment a text names in any of the formats, or undefined. */
export function parseMoment(text: string): Date | undefined {
  const moment = /^-?\d+(\.\d+)?$/.test(text) ? fromSeconds(Number(text)) : new Date(text)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** The moment so many seconds after 1970 began; 0.147 seconds times a thousand is not quite 147. */
export function fromSeconds(seconds: number): Date {
  return new Date(Math.round(seconds * 1_000))
}
