// The ARN a Redshift action is checked against, which a refusal names.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html

import { arnIn, type Context } from '#lab/state.ts'

/** The ARN of what the call is about; a listing without a name is about all of its kind. */
export function resourceOf(action: string, input: Record<string, unknown>, { region }: Context): string {
  return (
    text(input.SnapshotArn) ?? arnIn(region, 'redshift', resource(action, input, region.redshift.snapshots))
  )
}

function resource(action: string, input: Record<string, unknown>, snapshots: SnapshotMap): string {
  const snapshot = text(input.SnapshotIdentifier)
  if (/Snapshot/.test(action)) return `snapshot:${snapshotName(snapshot, input, snapshots)}`
  if (/Parameter/.test(action)) return `parametergroup:${text(input.ParameterGroupName) ?? '*'}`
  return `cluster:${text(input.ClusterIdentifier) ?? '*'}`
}

type SnapshotMap = Context['region']['redshift']['snapshots']

function snapshotName(
  id: string | undefined,
  input: Record<string, unknown>,
  snapshots: SnapshotMap,
): string {
  const known = id === undefined ? undefined : snapshots.get(id)?.facts.ClusterIdentifier
  const cluster = known ?? text(input.SnapshotClusterIdentifier) ?? text(input.ClusterIdentifier) ?? '*'
  return `${cluster}/${id ?? '*'}`
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
