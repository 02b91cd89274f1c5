// Snapshot copy grants: the keys that copies arriving in this region are encrypted under.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidSnapshotCopyGrantStateFault$,
  type SnapshotCopyGrant,
  SnapshotCopyGrantAlreadyExistsFault$,
  SnapshotCopyGrantNotFoundFault$,
  SnapshotCopyGrantQuotaExceededFault$,
} from '@aws-sdk/client-redshift'
import { demandKey, dropGrant, findKey, isUsable, keyByArn, managedKey } from '#lab/services/kms/use.ts'
import type { Context, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOf } from '../page.ts'
import { matchesTags } from '../tags.ts'
import { createGrant } from './kms-calls.ts'

/** A snapshot copy grant. */
export type CopyGrantRecord = {
  name: string
  facts: SnapshotCopyGrant & { KmsKeyId: string }
  grant: string | undefined
}

// Unverified: the number.
const most = 100

/** The grant of that name, or SnapshotCopyGrantNotFoundFault. */
export function getCopyGrant({ redshift }: Region, name: string): CopyGrantRecord {
  const grant = redshift.keys.copyGrants.get(name)
  // Unverified: the wordings here and below.
  if (!grant) throw fault(SnapshotCopyGrantNotFoundFault$, `Snapshot copy grant ${name} not found.`)
  return grant
}

export const copyGrantOperations = {
  CreateSnapshotCopyGrant(input, context) {
    const { copyGrants } = context.region.redshift.keys
    const name = input.SnapshotCopyGrantName
    checkName(name)
    if (copyGrants.has(name))
      throw fault(SnapshotCopyGrantAlreadyExistsFault$, `Snapshot copy grant ${name} already exists.`)
    if (copyGrants.size >= most)
      throw fault(
        SnapshotCopyGrantQuotaExceededFault$,
        `You have reached the quota of ${most} snapshot copy grants.`,
      )
    const key = keyWanted(context, input.KmsKeyId)
    const facts = { SnapshotCopyGrantName: name, KmsKeyId: key.arn, Tags: input.Tags ?? [] }
    const grant = createGrant(context, key, {
      service: 'redshift',
      operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey'],
      encryptionContext: {},
    })
    copyGrants.set(name, { name, facts, grant })
    return { SnapshotCopyGrant: facts }
  },

  DescribeSnapshotCopyGrants(input, { region }) {
    const { SnapshotCopyGrantName: name } = input
    // "You can specify either the SnapshotCopyGrantName parameter or the Marker parameter, but not both" (API).
    if (name && input.Marker)
      throw common('InvalidParameterCombination', 'SnapshotCopyGrantName and Marker cannot be used together.')
    const chosen = name ? [getCopyGrant(region, name)] : [...region.redshift.keys.copyGrants.values()]
    const matching = chosen.filter(({ facts }) => matchesTags(facts.Tags, input))
    const { items, ...marker } = pageOf(matching, (grant) => [grant.name], input)
    return { SnapshotCopyGrants: items.map(({ facts }) => facts), ...marker }
  },

  DeleteSnapshotCopyGrant(input, context) {
    const { region } = context
    const grant = getCopyGrant(region, input.SnapshotCopyGrantName)
    if (isUsed(region, grant.name)) {
      throw fault(
        InvalidSnapshotCopyGrantStateFault$,
        "The snapshot copy grant can't be deleted because it is used by one or more clusters.",
      )
    }
    const key = keyByArn(context, grant.facts.KmsKeyId)
    if (key && grant.grant) dropGrant(key, grant.grant)
    region.redshift.keys.copyGrants.delete(grant.name)
    return {}
  },
} satisfies Operations<typeof client>

// "If no key is specified, the default key is used" (API): the one AWS manages. Unverified: whether it is the AWS-owned
// one since those are the default of clusters.
function keyWanted(context: Context, ref: string | undefined) {
  const key =
    ref === undefined
      ? managedKey(context, context.account, 'redshift')
      : findKey(context, context.account, ref)
  if (!key) throw common('InvalidParameterValue', `The KMS key ${ref} does not exist.`)
  if (!isUsable(key))
    throw common('InvalidParameterValue', `The KMS key ${key.arn} is ${key.facts.KeyState}.`)
  demandKey(context, key, ['DescribeKey', 'CreateGrant'], 'redshift')
  return key
}

function isUsed({ account, name: here }: Region, name: string): boolean {
  return [...account.regions.values()].some(({ redshift }) =>
    [...redshift.clusters.values()].some(({ facts: { ClusterSnapshotCopyStatus: copy } }) => {
      return copy?.DestinationRegion === here && copy.SnapshotCopyGrantName === name
    }),
  )
}

// Constraints: API, CreateSnapshotCopyGrant.
function checkName(name: string) {
  if (/^[a-z](-?[a-z0-9])*$/.test(name) && name.length <= 63) return
  throw common(
    'InvalidParameterValue',
    `The parameter SnapshotCopyGrantName is not a valid identifier: ${name}`,
  )
}
