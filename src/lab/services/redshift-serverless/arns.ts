// What IAM checks of each call.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftserverless.html

import { arnIn, type Context, type Region } from '#lab/state.ts'
import type { Access } from '#lab/wire/operations.ts'
import { restoreAction, visibleSnapshots } from './sharing.ts'

type Input = Record<string, unknown>

/** The ARN of what a call is about; a listing is about everything. */
export function resourceOf(action: string, input: Input, { region }: Context): string {
  if (/^List(?!TagsForResource)/.test(action)) return '*'
  const given = text(input.resourceArn) ?? text(input.snapshotArn)
  return given ?? arnIn(region, 'redshift-serverless', resource(action, input, region))
}

/** The checks of a call. Restoring another account's snapshot asks the policy of the snapshot as well. */
export function accessTo(action: string, input: Input, context: Context): Access[] {
  const usual = { action: `redshift-serverless:${action}`, resource: resourceOf(action, input, context) }
  if (action !== 'RestoreFromSnapshot') return [usual]
  const owner = text(input.ownerAccount) ?? text(input.snapshotArn)?.split(':')[4] ?? context.account.id
  if (owner === context.account.id) return [usual]
  const shared = visibleSnapshots(context, owner).find(
    ({ name, facts }) => name === input.snapshotName || facts.snapshotArn === input.snapshotArn,
  )
  if (!shared?.policy) return [usual]
  return [
    {
      action: restoreAction,
      resource: shared.facts.snapshotArn,
      resourceAccount: owner,
      policy: { document: shared.policy.document, kind: 'usual' },
    },
  ]
}

function resource(action: string, input: Input, { serverless }: Region): string {
  const idOf = (arn: string | undefined) => arn?.slice(arn.lastIndexOf('/') + 1) ?? '*'
  const namespace = () =>
    `namespace/${serverless.namespaces.get(text(input.namespaceName) ?? '')?.facts.namespaceId ?? '*'}`
  const workgroup = () =>
    `workgroup/${serverless.workgroups.get(text(input.workgroupName) ?? '')?.facts.workgroupId ?? '*'}`
  if (/UsageLimit/.test(action)) return `usagelimit/${text(input.usageLimitId) ?? '*'}`
  if (/EndpointAccess/.test(action)) {
    const known = serverless.endpoints.get(text(input.endpointName) ?? '')
    return `managedvpcendpoint/${idOf(known?.facts.endpointArn)}`
  }
  if (/RecoveryPoint/.test(action)) return `recoverypoint/${text(input.recoveryPointId) ?? '*'}`
  if (/SnapshotCopyConfiguration/.test(action)) return namespace()
  if (/Snapshot/.test(action)) {
    const known = serverless.snapshots.get(text(input.snapshotName) ?? '')
    return `snapshot/${idOf(known?.facts.snapshotArn)}`
  }
  return /Namespace/.test(action) ? namespace() : workgroup()
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
