// Moments and durations. Moments are ISO 8601 strings in UTC; durations are milliseconds inside, "3d" outside.

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

const units: Record<string, number> = { s: second, m: minute, h: hour, d: day, w: 7 * day }

const parts = /(\d+(?:\.\d+)?)([smhdw])/y

/** Milliseconds of a duration such as `90s`, `15m`, `8h`, `+1d`, `-2w` or `1d12h`; undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  const body = text.trim()
  const isNegative = body.startsWith('-')
  const from = isNegative || body.startsWith('+') ? 1 : 0
  let total = 0
  // Part by part where the last one ended: worlds have ten thousand of them.
  parts.lastIndex = from
  do {
    const [, amount, unit = ''] = parts.exec(body) ?? []
    if (amount === undefined) return undefined
    total += Number(amount) * (units[unit] ?? 0)
  } while (parts.lastIndex < body.length)
  // 0.802 s is 802 ms, whatever binary fractions make of it.
  const whole = Math.round(total)
  return isNegative ? -whole : whole
}

/** The ISO string of a moment, in whole seconds: `2026-11-22T14:20:41Z`. AWS's own precision for Redshift. */
export function iso(at: Date | number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** The calendar day of a moment, in UTC: `2026-11-22`. */
export function isoDay(at: Date | number | string): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** Whole days between two moments, rounded down; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / day)
}

/** A duration as people say it, by its largest unit: `3 days`, `5 h`, `40 s`. */
export function spoken(milliseconds: number): string {
  const size = Math.abs(milliseconds)
  if (size >= 2 * day) return `${Math.floor(size / day)} days`
  if (size >= 2 * hour) return `${Math.floor(size / hour)} h`
  if (size >= 2 * minute) return `${Math.floor(size / minute)} min`
  return `${Math.floor(size / second)} s`
}
