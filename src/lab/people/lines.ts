// The text of a record in each of the three audit logs, as Redshift writes it into S3 files and CloudWatch events.

import { minute } from '#kit/time.ts'
import type { ActivityRecord, ConnectionRecord, UserRecord } from './types.ts'

/**
 * A line of the connection log, without its line break. Character columns carry one blank behind them, numbers and times
 * none, and the line ends with a delimiter: seen in real lines of 2018 and 2020 (Sumo Logic, SignalFx), which had fewer
 * columns. Order: MG db-auditing. Unverified: the blanks of the newer columns, and whether Redshift escapes `|` and line
 * breaks that a client puts into application_name, os_version or driver_version (here it does not).
 */
export function connectionLine(r: ConnectionRecord): string {
  const first = `${r.event} |${recordtime(r.recordtime)}|${r.remotehost} |${r.remoteport} |${r.pid}|${r.dbname} |`
  const second = `${r.username} |${r.authmethod} |${r.duration}|${r.sslversion} |${r.sslcipher} |${r.mtu}|`
  const third = `${r.sslcompression} |${r.sslexpansion} |${r.iamauthguid} |${r.application_name} |${r.os_version} |`
  return `${first}${second}${third}${r.driver_version} |${r.plugin_name} |${r.protocol_version}|${r.sessionid} |${r.compression} |`
}

/**
 * A line of the user log. `valuntil` is a whole number in the file, the largest one for ever (real lines, SignalFx 2020).
 * Unverified: that other values count microseconds since 2000, as PostgreSQL's timestamps do.
 */
export function userLine(r: UserRecord): string {
  const first = `${r.userid}|${r.username} |${r.oldusername} |${r.action} |${r.usecreatedb}|${r.usesuper}|${r.usecatupd}|`
  return `${first}${valuntil(r.valuntil)}|${r.pid}|${r.xid}|${recordtime(r.recordtime)}`
}

/** A record of the user activity log; it has as many lines as its statement (real records, SignalFx 2020, Sumo 2018). */
export function activityLine(r: ActivityRecord): string {
  const who = `db=${r.dbname} user=${r.username} pid=${r.pid} userid=${r.userid} xid=${r.xid}`
  return `'${isoSecond(r.recordtime)} UTC [ ${who} ]' LOG: ${r.sql}`
}

const since2000 = Date.UTC(2000, 0, 1)

function valuntil(at: number | undefined): string {
  return at === undefined ? '9223372036854775807' : String(BigInt(at - since2000) * 1000n)
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

type Minute = { start: number; recordtime: string; iso: string }

// Records share their minutes with those before them; making a Date of each would be half of the work. An hour's minutes
// have room.
const latest: Minute[] = []

function minuteOf(at: number): Minute {
  const number = Math.floor(at / minute)
  const known = latest[number % 64]
  const start = number * minute
  if (known?.start === start) return known
  const date = new Date(start)
  const day = `${weekdays[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  const clock = `${two[date.getUTCHours()]}:${two[date.getUTCMinutes()]}:`
  const made = { start, recordtime: `${day} ${clock}`, iso: date.toISOString().slice(0, 17) }
  latest[number % 64] = made
  return made
}

function recordtime(at: number): string {
  const { start, recordtime } = minuteOf(at)
  const rest = at - start
  return `${recordtime}${two[Math.floor(rest / 1000)]}:${String(rest % 1000).padStart(3, '0')}`
}

function isoSecond(at: number): string {
  const { start, iso } = minuteOf(at)
  return `${iso}${two[Math.floor((at - start) / 1000)]}Z`
}
