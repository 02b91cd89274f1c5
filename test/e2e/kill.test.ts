// kill -9 at each step of an apply: however it died, `--resume` ends in the same state, and no call is made twice.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { makePlan } from '#app/plans.ts'
import { scan } from '#app/scan.ts'
import { readActions } from '#model/action.ts'
import type { Plan } from '#model/plan.ts'
import { arn, credentials, type Estate, openRunningEstate, worldOf } from '../estate.ts'
import { whole } from '../whole.ts'

/**
 * When to die: before the n-th change leaves for AWS, after AWS took it but before its answer is read, or after the
 * answer, while the next question is on its way.
 */
type Death = 'before' | 'unanswered' | 'answered'

const reads: ReadonlySet<string> = new Set(readActions)
const changes = /Action=(?!Describe|Get|List)/
const world = () =>
  worldOf({ clusters: [{ ClusterIdentifier: 'old', ParameterGroup: 'default.redshift-1.0' }] })

describe('kill -9 while a plan is applied', () => {
  for (const death of ['before', 'unanswered', 'answered'] as const) {
    for (const nth of [1, 2, 3, 4]) {
      it(`${death} change ${nth}: resumes to the same state, each change made once`, async () => {
        const estate = await openRunningEstate(world())
        const plan = await tlsPlan(estate)
        const killed = await applyUntilKilled(estate, plan, death, nth)
        expect(killed).toBe('SIGKILL')
        const { code, stderr } = await run(estate, estate.lab.url, ['apply', plan.id, '--resume', '--yes'])
        expect(stderr).not.toMatch(/refused|error/i)
        expect(code).toBe(0)
        expect(changesIn(estate)).toEqual([
          'redshift:CreateClusterParameterGroup',
          'redshift:ModifyClusterParameterGroup',
          'redshift:ModifyCluster',
          'redshift:RebootCluster',
        ])
        const { assessment } = await whole(scan(estate.workspace, estate.connection))
        const tls = assessment.findings.find(({ practice }) => practice === 'cluster-require-ssl')
        expect(tls).toMatchObject({ status: 'pass', message: 'requires TLS (group redoubt-old)' })
      })
    }
  }

  for (const death of ['before', 'unanswered', 'answered'] as const) {
    it(`${death} the fifth change, several clusters at once: each change is made once`, async () => {
      const names = ['one', 'two', 'three']
      const estate = await openRunningEstate(
        worldOf({
          clusters: names.map((ClusterIdentifier) => ({
            ClusterIdentifier,
            ParameterGroup: 'default.redshift-1.0',
          })),
        }),
      )
      await scan(estate.workspace, estate.connection)
      const { plan } = await makePlan(estate.workspace, { practices: ['cluster-require-ssl'] })
      expect(await applyUntilKilled(estate, plan, death, 5)).toBe('SIGKILL')
      const { code, stderr } = await run(estate, estate.lab.url, ['apply', plan.id, '--resume', '--yes'])
      expect([code, stderr.match(/refused|error/i)]).toEqual([0, null])
      const each = [
        'redshift:CreateClusterParameterGroup',
        'redshift:ModifyCluster',
        'redshift:ModifyClusterParameterGroup',
        'redshift:RebootCluster',
      ]
      expect(changesIn(estate).sort()).toEqual(each.flatMap((action) => names.map(() => action)))
    })
  }

  it('during an undo: the undo goes on where it was', async () => {
    const estate = await openRunningEstate(world())
    const plan = await tlsPlan(estate)
    expect((await run(estate, estate.lab.url, ['apply', plan.id, '--yes'])).code).toBe(0)
    expect(await runUntilKilled(estate, ['undo', plan.id, '--yes'], 'unanswered', 2)).toBe('SIGKILL')
    await run(estate, estate.lab.url, ['undo', plan.id, '--yes'])
    expect(changesIn(estate).slice(4)).toEqual([
      'redshift:ModifyCluster',
      'redshift:RebootCluster',
      'redshift:DeleteClusterParameterGroup',
    ])
    const { assessment } = await whole(scan(estate.workspace, estate.connection))
    const tls = assessment.findings.find(({ practice }) => practice === 'cluster-require-ssl')
    expect(tls).toMatchObject({
      status: 'fail',
      message: 'accepts plain-text connections (group default.redshift-1.0)',
    })
  })
})

describe('an answer that is lost after AWS took a change', () => {
  const losses: Record<string, (outgoing: ServerResponse) => void> = {
    'the connection breaks': (outgoing) => outgoing.destroy(),
    'a gateway answers 502': (outgoing) =>
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    'a portal answers 200': (outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  }
  for (const [loss, strike] of Object.entries(losses)) {
    for (const nth of [1, 3, 4]) {
      it(`${loss} at change ${nth}: the world is asked, the change is not made again`, async () => {
        const estate = await openRunningEstate(world())
        const plan = await tlsPlan(estate)
        const proxy = await proxyOf(estate.lab.url, 'unanswered', nth, strike)
        try {
          const { code, stderr } = await run(estate, addressOf(proxy), ['apply', plan.id, '--yes'])
          expect([code, stderr.match(/.*failed.*/i)]).toEqual([0, null])
        } finally {
          proxy.closeAllConnections()
          proxy.close()
        }
        expect(changesIn(estate)).toHaveLength(4)
      })
    }
  }

  it('of a restart, in a world that nobody can see for a while: the cluster is not restarted twice', async () => {
    const estate = await openRunningEstate(world())
    const plan = await tlsPlan(estate)
    const look = { accessKeyId: credentials.AWS_ACCESS_KEY_ID, action: 'redshift:DescribeClusters' }
    let seeing: Promise<void> | undefined
    const proxy = await proxyOf(estate.lab.url, 'unanswered', 4, (outgoing) => {
      seeing = estate
        .control('deny', look)
        .then(() => outgoing.destroy())
        .then(() => new Promise((resolve) => setTimeout(resolve, 2_000)))
        .then(() => estate.control('allow', look))
    })
    try {
      expect((await run(estate, addressOf(proxy), ['apply', plan.id, '--yes'])).code).toBe(0)
      await seeing
    } finally {
      proxy.closeAllConnections()
      proxy.close()
    }
    expect(changesIn(estate)).toHaveLength(4)
  })
})

async function tlsPlan(estate: Estate): Promise<Plan> {
  await scan(estate.workspace, estate.connection)
  const wishes = { practices: ['cluster-require-ssl'], resources: [arn('cluster:old')] }
  return (await makePlan(estate.workspace, wishes)).plan
}

const applyUntilKilled = (estate: Estate, plan: Plan, death: Death, nth: number) =>
  runUntilKilled(estate, ['apply', plan.id, '--yes'], death, nth)

/** Runs a command through a proxy that kills it; gives the signal that ended it. */
async function runUntilKilled(
  estate: Estate,
  args: string[],
  death: Death,
  nth: number,
): Promise<NodeJS.Signals | null> {
  const child: { process?: ChildProcess } = {}
  const proxy = await proxyOf(estate.lab.url, death, nth, () => child.process?.kill('SIGKILL'))
  try {
    child.process = start(estate, addressOf(proxy), args)
    const [, signal] = (await once(child.process, 'exit')) as [number | null, NodeJS.Signals | null]
    return signal
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** Passes requests on to the lab, and strikes at the moment asked for. */
async function proxyOf(
  target: string,
  death: Death,
  nth: number,
  strike: (outgoing: ServerResponse) => void,
): Promise<Server> {
  let seen = 0
  let doomed = false
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const isNth = changes.test(body.toString()) && ++seen === nth
    if (doomed || (isNth && death === 'before')) return strike(outgoing)
    const { method, headers } = incoming
    const onward = request(target, { method, headers }, (answer) => {
      if (isNth && death === 'unanswered') return answer.resume().on('end', () => strike(outgoing))
      // Others may be answered meanwhile, and change nothing about it.
      doomed ||= isNth && death === 'answered'
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      return answer.pipe(outgoing)
    })
    onward.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function start({ workspace }: Estate, url: string, args: string[]): ChildProcess {
  const all = ['dist/redoubt.mjs', ...args, '--workspace', workspace.folder, '--endpoint-url', url]
  return spawn(process.execPath, all, {
    env: { PATH: process.env.PATH, ...credentials },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(estate: Estate, url: string, args: string[]) {
  const child = start(estate, url, args)
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...output }
}

/** The changes that the lab carried out, in order. */
function changesIn({ lab }: Estate): string[] {
  return lab
    .calls()
    .filter(({ action, status }) => status === 200 && !reads.has(action ?? ''))
    .map(({ action = '' }) => action)
}
