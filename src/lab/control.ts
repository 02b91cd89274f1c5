// The control endpoint under /_lab/: time, denials and calls, for people and tests; it is not part of AWS.

import { iso } from '#kit/time.ts'
import { schedule, settle } from './agenda.ts'
import type { Lab } from './answer.ts'
import { describeLab } from './describe.ts'
import { readFaults } from './faults/read-faults.ts'
import { type Principal, regionIn, type State } from './state.ts'
import { truthOfLab, windowOf } from './truth.ts'
import type { Reply, WireRequest } from './wire/protocol.ts'
import type { Denial } from './world.ts'

type Route = (lab: Lab, body: Record<string, unknown>, query: string) => unknown

const routes: Record<string, Route> = {
  'GET /_lab/clock': (lab) => clockOf(lab),
  'POST /_lab/clock': (lab, body) => {
    lab.clock.change(clockChange(body))
    const changed = clockOf(lab)
    settle(lab.state, lab.clock.now())
    return changed
  },
  'POST /_lab/deny': (lab, body) => changeDenials(lab, body, (denied, denial) => [...denied, denial]),
  'POST /_lab/allow': (lab, body) =>
    changeDenials(lab, body, (denied, denial) => denied.filter((known) => !isSame(known, denial))),
  'GET /_lab/faults': ({ state }) => viewFaults(state),
  'POST /_lab/faults': async ({ state }, body) => {
    // All or none: a list with one mistake in it changes nothing.
    state.faults.push(...(await readFaults(body.faults ?? body)))
    return viewFaults(state)
  },
  'DELETE /_lab/faults': ({ state }) => {
    state.faults = []
    return viewFaults(state)
  },
  'GET /_lab/calls': ({ calls }) => ({ total: calls.total(), calls: calls.list() }),
  'DELETE /_lab/calls': ({ calls }) => {
    calls.clear()
    return { total: 0 }
  },
  'GET /_lab/world': (lab) => describeLab(lab),
  'POST /_lab/failure': ({ state, clock }, body) => failCluster(state, clock.now(), body),
  'GET /_lab/truth': ({ state, clock }, _body, query) => {
    const { from, to } = windowOf(query, clock.now())
    return { from: iso(from), to: iso(to), truth: truthOfLab(state, from, to) }
  },
}

/** Answers one control request, in JSON. */
export async function answerControl(lab: Lab, request: WireRequest): Promise<Reply> {
  try {
    refuseBrowsers(request)
    const route = routes[`${request.method} ${request.path}`]
    if (!route) return json(404, { error: `there is no ${request.method} ${request.path} in the lab` })
    return json(200, await route(lab, readBody(request), request.query))
  } catch (error) {
    return json(error instanceof Refused ? 403 : 400, {
      error: error instanceof Error ? error.message : String(error),
    })
  }
}

class Refused extends Error {}

// A web page must not reach this endpoint, neither from its own origin nor by a name that resolves to loopback.
function refuseBrowsers({ headers }: WireRequest) {
  const host = String(headers.host ?? '').replace(/:\d+$/, '')
  if (host !== '127.0.0.1' && host !== 'localhost')
    throw new Refused(`the lab is not reached by the name ${host}`)
  if (headers.origin !== undefined) throw new Refused('the lab does not answer web pages')
}

function readBody({ method, body }: WireRequest): Record<string, unknown> {
  if (method !== 'POST') return {}
  const value: unknown = JSON.parse(body.toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the body must be a JSON object')
  return value as Record<string, unknown>
}

function clockOf({ clock }: Lab) {
  return { now: iso(clock.now()), speed: clock.speed() }
}

function clockChange(body: Record<string, unknown>) {
  const unknown = Object.keys(body).find((name) => !['move', 'set', 'speed'].includes(name))
  if (unknown !== undefined) throw new Error(`the clock knows move, set and speed, not ${unknown}`)
  const { speed } = body
  if (speed !== undefined && typeof speed !== 'number') throw new Error('speed must be a number')
  return { ...textMember(body, 'move'), ...textMember(body, 'set'), ...(speed !== undefined && { speed }) }
}

function changeDenials(
  lab: Lab,
  body: Record<string, unknown>,
  change: (denied: Denial[], denial: Denial) => Denial[],
) {
  const principal = lab.state.principals.get(String(body.accessKeyId))
  if (!principal) throw new Error(`there is no access key ${String(body.accessKeyId)} in the lab`)
  const denial: Denial = {
    action: actionOf(body),
    ...textMember(body, 'region'),
    ...textMember(body, 'resource'),
  }
  replaceDenials(principal, change(principal.denied, denial))
  return { accessKeyId: principal.accessKeyId, denied: principal.denied }
}

// In place, because a role and its sessions share one list.
function replaceDenials({ denied }: Principal, next: Denial[]) {
  denied.splice(0, denied.length, ...next)
}

// "If the cluster fails and is restarted by Amazon Redshift, your changes are applied at that time" (Redshift Management
// Guide, working-with-parameter-groups): what a person can hardly wait for.
function failCluster(state: State, now: number, body: Record<string, unknown>) {
  const { account: id, region: name, cluster } = body
  const account = state.accounts.get(String(id))
  if (!account?.regions.get(String(name))?.redshift.clusters.has(String(cluster)))
    throw new Error(`there is no cluster ${String(cluster)} in ${String(name)} of account ${String(id)}`)
  schedule(state, now, 'redshift:failure', regionIn(account, String(name)), String(cluster))
  settle(state, now)
  return { failed: cluster }
}

function viewFaults({ faults }: State) {
  return { faults: faults.map(({ seed, met, spoilt }) => ({ ...seed, met, spoilt })) }
}

function isSame(a: Denial, b: Denial): boolean {
  return a.action === b.action && a.region === b.region && a.resource === b.resource
}

function actionOf({ action }: Record<string, unknown>): string {
  if (typeof action === 'string' && /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) return action
  throw new Error('action must be written as redshift:DescribeClusters')
}

function textMember<Name extends string>(
  body: Record<string, unknown>,
  name: Name,
): { [K in Name]?: string } {
  const value = body[name]
  if (value === undefined) return {}
  if (typeof value !== 'string') throw new Error(`${name} must be text`)
  return { [name]: value } as { [K in Name]?: string }
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` }
}
