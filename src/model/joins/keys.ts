// The key that a resource lies under, and what of it says whether another account can use it.

import { retold } from '../inventory.ts'
import { isGap, type Resource, type ResourceType } from '../resource.ts'
import { type Join, missing, toldBy } from './join.ts'

export const keyOf = ({ facts }: { facts: { KmsKeyId?: string | undefined } }) => facts.KmsKeyId
export const serverlessKeyOf = ({ facts }: { facts: { kmsKeyId?: string | undefined } }) => facts.kmsKeyId

const isKeyArn = (id: string | undefined): id is string => id !== undefined && /^arn:[^:]+:kms:/.test(id)

/** The key that a member of the facts names; null where it names none by its ARN. */
export function keyNamedBy<T extends ResourceType>(
  idOf: (resource: Resource<T>) => string | undefined,
): Join<T> {
  return (resource, index) => {
    const id = idOf(resource)
    if (!isKeyArn(id)) return toldBy(resource as Resource, null)
    const found = index.find('kms:key', id)?.asked.metadata ?? missing(index.shard, 'kms:key')
    return isGap(found) ? found : retold(found, { arn: id, facts: found.value })
  }
}

/** The state of the key that a member of the facts names; null where that is not told, which is no gap of the resource. */
export function keyStateNamedBy<T extends ResourceType>(
  idOf: (resource: Resource<T>) => string | undefined,
): Join<T> {
  return (resource, index) => {
    const id = idOf(resource)
    const metadata = isKeyArn(id) ? index.find('kms:key', id)?.asked.metadata : undefined
    if (!metadata || isGap(metadata)) return toldBy(resource as Resource, null)
    return retold(metadata, metadata.value.KeyState ?? null)
  }
}

/** The key of a snapshot with what of it could be read; a refusal is told inside, and is no gap of the snapshot. */
export function restoreKey<T extends ResourceType>(
  idOf: (resource: Resource<T>) => string | undefined,
): Join<T> {
  return (resource, index) => {
    const id = idOf(resource)
    if (!isKeyArn(id)) return toldBy(resource as Resource, null)
    const { metadata, policy, grants } = index.find('kms:key', id)?.asked ?? {}
    const keyGap = missing(index.shard, 'kms:key')
    if (!metadata || isGap(metadata))
      return toldBy(resource as Resource, { unread: (metadata ?? keyGap).source })
    const { AWSAccountId: account = '', KeyManager: manager = '', KeyState: state = '' } = metadata.value
    return retold(metadata, {
      arn: id,
      account,
      manager,
      state,
      policy: policy && !isGap(policy) ? { document: policy.value } : { unread: 'kms:GetKeyPolicy' },
      grants: grants && !isGap(grants) ? { list: grants.value } : { unread: 'kms:ListGrants' },
    })
  }
}
