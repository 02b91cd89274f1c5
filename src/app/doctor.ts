// What would stop a scan, looked at one thing after the other: this computer, the way to AWS, and the permissions.

import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { bucketFinder, readLog, type Window } from '#aws/audit-log.ts'
import { everything } from '#aws/collector.ts'
import type { Connection } from '#aws/connection.ts'
import type { Door } from '#aws/door.ts'
import { regionsAtOnce } from '#aws/regions.ts'
import { openSession, type Session } from '#aws/session.ts'
import { collectors } from '#collectors/index.ts'
import { type PlacedBucket, placed } from '#engine/data-buckets.ts'
import { groupBy } from '#kit/group.ts'
import { pool } from '#kit/pool.ts'
import { harmless } from '#kit/text.ts'
import { day, spoken } from '#kit/time.ts'
import { permissionOf } from '#model/action.ts'
import { type ExitReason, Problem } from '#model/problem.ts'
import { type Gap, isGap, type Resource } from '#model/resource.ts'
import { defaultSettings, type Settings } from '#model/settings.ts'
import { logsIn } from './read-logs.ts'
import { readSettings } from './settings.ts'

/** One thing looked at: what was seen, and where it is a problem, what to do about it. */
export type Examined = {
  name: string
  saw: string
  problem?: { todo: string; exit: Extract<ExitReason, 'environment' | 'refused'> }
}

type Seen = Omit<Examined, 'name'>

export type DoctorWish = {
  folder: string
  settingsFile: string | undefined
  connection: Connection
  env: NodeJS.ProcessEnv
}

/** Looks at everything; a problem with one thing does not keep the others from being looked at, unless it must. */
export async function* examine({
  folder,
  settingsFile,
  connection,
  env,
}: DoctorWish): AsyncGenerator<Examined> {
  yield node(process.versions.node)
  yield await workspace(folder)
  const { settings, examined } = await settingsOf(settingsFile)
  yield examined
  yield endpoint(connection, env)
  const regions =
    connection.regions.length > 0 || connection.allRegions ? connection.regions : settings.regions
  let session: Session
  try {
    session = await openSession({ ...connection, regions }, settings.accounts)
  } catch (error) {
    yield fromProblem('AWS', error)
    return
  }
  try {
    yield { name: 'credentials', saw: `AWS knows the caller as ${session.caller}` }
    yield { name: 'regions', saw: session.regions.join(', ') }
    yield clock(session)
    yield* accountsOf(session)
    yield* permissionsOf(session, await placed(session, settings.dataBuckets))
    if (settings.readLogs) yield* logPermissions(session)
  } finally {
    session.close()
  }
}

/** package.json names the same least version. */
const leastNode = [20, 19] as const

function node(version: string): Examined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1])
  const saw = `version ${version}`
  if (!isOld) return { name: 'Node.js', saw }
  const todo = `Install Node.js ${leastNode.join('.')} or newer.`
  return { name: 'Node.js', saw, problem: { todo, exit: 'environment' } }
}

/** The folder, or where there is none yet, the one that it would be made in. */
async function workspace(folder: string): Promise<Examined> {
  for (const [path, saw] of [
    [folder, `${folder} can be written`],
    ['.', `${folder} does not exist yet and can be made`],
  ] as const) {
    try {
      await access(path, constants.W_OK | constants.X_OK)
      return { name: 'workspace', saw }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') continue
      const todo = 'Correct its permissions, or choose another folder with --workspace.'
      return {
        name: 'workspace',
        saw: `${folder} cannot be written (${code})`,
        problem: { todo, exit: 'environment' },
      }
    }
  }
  const todo = 'Choose a folder that exists with --workspace.'
  return {
    name: 'workspace',
    saw: `${folder} cannot be made here`,
    problem: { todo, exit: 'environment' },
  }
}

async function settingsOf(file: string | undefined): Promise<{ settings: Settings; examined: Examined }> {
  const name = 'settings'
  try {
    const settings = await readSettings(file ?? 'redoubt.yaml', file !== undefined)
    const saw = settings ? `${file ?? 'redoubt.yaml'} is valid` : 'no redoubt.yaml here; defaults hold'
    return { settings: settings ?? defaultSettings, examined: { name, saw } }
  } catch (error) {
    return { settings: defaultSettings, examined: fromProblem(name, error) }
  }
}

function endpoint({ endpointUrl }: Connection, env: NodeJS.ProcessEnv): Examined {
  const given = Object.keys(env).filter((name) => name.startsWith('AWS_ENDPOINT_URL') && env[name])
  const [all, ...others] = [...new Set(['AWS_ENDPOINT_URL', ...given.sort()])]
  const ofAll = all && env[all] ? `${env[all]} (${all})` : "AWS's own"
  const saw = [ofAll, ...others.map((name) => `${env[name]} (${name})`)].join(', ')
  return { name: 'endpoint', saw: endpointUrl ?? saw }
}

/** AWS refuses requests that are signed a quarter of an hour off: SigV4, "Elements of an AWS API request signature". */
const mostSkew = 15 * 60_000

function clock({ wire: { skew } }: Session): Examined {
  const name = 'clock'
  if (Math.abs(skew) < 1_000) return { name, saw: 'agrees with that of AWS' }
  const saw = `${spoken(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} that of AWS`
  // The SDK corrects its signatures by AWS's clock, so that a wrong one still works here.
  if (Math.abs(skew) < mostSkew) return { name, saw }
  return { name, saw, problem: { todo: 'Set the clock of this computer.', exit: 'environment' } }
}

function* accountsOf({ accounts }: Session): Generator<Examined> {
  for (const { account, gap } of accounts.slice(1)) {
    const name = `account ${account}`
    if (!gap) yield { name, saw: 'its role can be assumed' }
    else {
      const todo = 'Grant sts:AssumeRole, let the role trust the caller, or take it out of redoubt.yaml.'
      yield { name, saw: `its role cannot be assumed (${gap.code})`, problem: { todo, exit: 'refused' } }
    }
  }
}

/**
 * Each collector asks in the first region of each account what a scan asks, about the first resource of each list alone;
 * those that follow go after what these point at, and after the buckets that settings name.
 */
async function* permissionsOf(session: Session, buckets: readonly PlacedBucket[]): AsyncGenerator<Examined> {
  const [region = ''] = session.regions
  for (const { account, gap } of session.accounts) {
    if (gap) continue
    const door = sampling(session.door(account, region))
    const seen: Resource[] = []
    const ordered = [...collectors].sort((a, b) => Number(Boolean(a.follows)) - Number(Boolean(b.follows)))
    for (const collector of ordered) {
      const name = `${collector.service} in ${account} ${region}`
      const leads = [...new Set(seen.flatMap((resource) => collector.follows?.(resource) ?? []))]
      const named = collector.types.includes('s3:bucket')
        ? buckets.filter((one) => one.account === account)
        : []
      if (collector.follows && leads.length + named.length === 0) {
        yield { name, saw: 'nothing that was seen here points at it' }
        continue
      }
      const gaps: Gap[] = []
      const wish = { ...everything(collector, leads), dataBuckets: named }
      for await (const entries of collector.collect(door, wish))
        for (const entry of entries) {
          const answers = 'list' in entry ? [entry.answer] : Object.values(entry.resource.asked)
          gaps.push(...answers.filter(isGap))
          if ('resource' in entry) seen.push(entry.resource)
        }
      yield { name, ...seenBy(gaps) }
    }
  }
}

/** How many clusters and namespaces of a region are asked for their logs. */
const mostAsked = 20

/** As many regions are told by name. */
const fewRegions = 4

/** Logs are looked for in every region, as a scan does; regions of which the same is to be said have one line. */
async function* logPermissions(session: Session): AsyncGenerator<Examined> {
  const to = Date.parse(session.startedAt)
  for (const { account, gap } of session.accounts) {
    if (gap) continue
    const tried = await pool(session.regions, regionsAtOnce, async (region) => {
      const seen = await tryLogs(session.door(account, region), { from: to - day, to })
      return { region, ...seen }
    })
    for (const [saw, alike] of groupBy(tried, (one) => one.saw)) {
      const regions = alike.map(({ region }) => region)
      const where = regions.length > fewRegions ? `${regions.length} regions` : regions.join(', ')
      const problem = alike[0]?.problem
      yield { name: `audit logs in ${account} ${where}`, saw, ...(problem && { problem }) }
    }
  }
}

/**
 * Asks the first clusters and namespaces of a region for their logs, and tries a log of each kind: its first file of a day,
 * or its first event.
 */
async function tryLogs(door: Door, window: Window): Promise<Seen> {
  const { logs, gaps } = await logsIn(sampling(door, mostAsked))
  const seen = seenBy(gaps)
  if (logs.length === 0) return seen.problem ? seen : { saw: 'nothing that was seen here logs what users do' }
  const find = bucketFinder(door)
  const findSample = async (bucket: string) => {
    const found = await find(bucket)
    return { ...found, door: sampling(found.door) }
  }
  const kinds = [logs.find(({ source }) => 'bucket' in source), logs.find(({ source }) => 'group' in source)]
  for (const log of kinds.filter((one) => one !== undefined))
    gaps.push(...(await readLog(sampling(door), log.source, window, findSample, () => {})))
  return seenBy(gaps)
}

/** The same door, with lists that end behind their first resources. */
function sampling(door: Door, most = 1): Door {
  return {
    ...door,
    async *pages(action, input, pick) {
      for await (const page of door.pages(action, input, pick)) {
        yield isGap(page) ? page : { ...page, value: page.value.slice(0, most) }
        return
      }
    },
  }
}

function seenBy(gaps: readonly Gap[]): Seen {
  const refused = gaps.filter(({ gap }) => gap === 'refused').map(({ source }) => permissionOf(source))
  if (refused.length > 0) {
    const missing = [...new Set(refused)].sort().join(', ')
    const todo = `Grant it: "redoubt policy --for scan" prints all that is needed.`
    return { saw: `missing: ${missing}`, problem: { todo, exit: 'refused' } }
  }
  const failed = gaps.find(({ gap }) => gap === 'failed')
  if (!failed) return { saw: 'every question is answered' }
  const saw = harmless(`${failed.source} answered ${failed.code}: ${failed.message}`)
  const todo =
    failed.code === 'NoSuchBucket'
      ? 'Have the logs go to a bucket that exists: "redoubt do logging enable".'
      : 'Check the endpoint and the network, then try again.'
  return { saw, problem: { todo, exit: 'refused' } }
}

/** What a verb would have stopped with. */
function fromProblem(name: string, error: unknown): Examined {
  if (!(error instanceof Problem)) throw error
  const exit = error.exit === 'refused' ? 'refused' : 'environment'
  return { name, saw: error.what, problem: { todo: error.todo, exit } }
}
