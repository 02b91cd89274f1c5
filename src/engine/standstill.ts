// Whether a refusal for the state of something passes by itself: told by the status of what the call is about.

import type { Pace } from '#kit/pace.ts'
import { type Call, operationOf } from '#model/action.ts'
import type { Json } from '#model/plain.ts'
import type { Step } from '#model/plan.ts'
import { arnOf, nounOf, type ResourceType, resourceOf } from '#model/resource.ts'
import { nearOf } from './expect.ts'
import { isLasting } from './statuses.ts'
import type { Look, Sight, World } from './world.ts'

/** The fact in which things say what is under way on them. A parameter group says nothing but who uses it. */
const statusOf: Partial<Record<ResourceType, string>> = {
  'redshift:cluster': 'ClusterStatus',
  'redshift:parameter-group': 'clusters',
  'redshift:snapshot': 'Status',
  'redshift-serverless:workgroup': 'status',
  'redshift-serverless:namespace': 'status',
  'redshift-serverless:snapshot': 'status',
}

/** Snapshots that can be used: https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html */
const restful = ['available', 'final snapshot']

type Deps = { world: World; pace: Pace; patience: number }

/**
 * Says why waiting would not help, if it would not, each time that AWS refuses a call for a state. A cluster may show that
 * it is at rest some time before, or after, AWS lets the next change in, but not for long.
 */
export function standstill(step: Step, call: Call, { world, pace, patience }: Deps) {
  let quietSince: number | undefined
  return async (said: 'running' | 'unsaid'): Promise<string | undefined> => {
    const direct = await world.look(looksOf(step, call))
    const lasting = direct.filter(isStatus).find(({ value }) => isLasting(value))
    if (lasting) return `${named(lasting)}, which does not pass by itself`
    const sights = [...direct, ...(await world.look(usersIn(direct)))]
    const seen = sights.filter((sight) => isStatus(sight) || isUse(sight))
    const isQuiet =
      said === 'unsaid' && seen.length > 0 && seen.length === sights.length && seen.every(isResting)
    quietSince = isQuiet ? (quietSince ?? pace.elapsed()) : undefined
    if (quietSince === undefined || pace.elapsed() - quietSince < patience / 6) return undefined
    return `${seen.map(named).join(' and ')} all the while, so that waiting does not help`
  }
}

type Status = Look & { value: string }
type Use = Look & { value: string[] }

/** What is not there, such as a snapshot that is to be taken, has no status to go by. */
const isStatus = (sight: Sight): sight is Status => 'value' in sight && typeof sight.value === 'string'

const isUse = (sight: Sight): sight is Use => 'value' in sight && Array.isArray(sight.value)

/** The clusters that use a parameter group: what is under way on it shows in them, if anywhere. */
function usersIn(sights: readonly Sight[]): Look[] {
  return sights.filter(isUse).flatMap(({ resource, value, near }) => {
    const group = resourceOf(resource)
    const looks = value.map((name) => ({ resource: group ? arnOf('redshift:cluster', group, name) : '' }))
    return looks.map((look) => ({ ...look, fact: 'ClusterStatus', ...(near && { near }) }))
  })
}

/** Nothing goes on there: who uses a group does not change by itself, and neither does what lasts. */
const isResting = ({ value }: Status | Use) =>
  typeof value !== 'string' || restful.includes(value.toLowerCase()) || isLasting(value)

function named({ resource, value }: Status | Use): string {
  const { type, name } = resourceOf(resource) ?? {}
  const what = `${type ? `${nounOf(type)} ` : ''}${name ?? resource}`
  return typeof value === 'string'
    ? `${what} is ${value}`
    : `${what} is used by ${value.join(', ') || 'none'}`
}

/** The statuses of everything that a step touches or its call names. */
function looksOf(step: Step, call: Call): Look[] {
  const arns = new Set([...step.effects.map(({ resource }) => resource), ...namedIn(step, call)])
  // What a call makes is not there yet, and what it deletes says nothing when it is gone.
  const made = new Set(step.effects.flatMap(({ resource, fact }) => (fact === 'exists' ? [resource] : [])))
  if (!operationOf(call.action).startsWith('Delete')) for (const arn of made) arns.delete(arn)
  return [...arns].flatMap((resource) => {
    const type = resourceOf(resource)?.type
    const fact = type && statusOf[type]
    return fact ? [{ resource, fact, near: nearOf(step) }] : []
  })
}

/** The cluster, the group and the source snapshot that a call names without their ARNs. */
function namedIn({ account, region, effects }: Step, { input }: Call): string[] {
  const partition = effects.flatMap(({ resource }) => resourceOf(resource)?.partition ?? [])[0]
  if (!partition) return []
  const place = { partition, account, region }
  const given = (member: string) => (input as Record<string, Json | undefined>)[member]
  const [cluster, group] = [given('ClusterIdentifier'), given('ParameterGroupName')]
  const [from, source] = [given('SourceSnapshotClusterIdentifier'), given('SourceSnapshotIdentifier')]
  return [
    ...(typeof cluster === 'string' ? [arnOf('redshift:cluster', place, cluster)] : []),
    ...(typeof group === 'string' ? [arnOf('redshift:parameter-group', place, group)] : []),
    ...(typeof from === 'string' ? [arnOf('redshift:snapshot', place, `${from}/${source}`)] : []),
  ]
}
