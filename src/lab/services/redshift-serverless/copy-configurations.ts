// Which namespaces' backups are copied to another region, and how long the copies are kept.
// https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html

import type * as client from '@aws-sdk/client-redshift-serverless'
import {
  InvalidPaginationException$,
  type SnapshotCopyConfiguration,
} from '@aws-sdk/client-redshift-serverless'
import { newUuid } from '#lab/ids.ts'
import { needsOptIn, regionNames } from '#lab/regions.ts'
import { arnIn, type Context, type Region, regionIn } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkRetention } from './checks.ts'
import { conflict, invalid, notFound } from './errors.ts'
import { getNamespace } from './find.ts'
import { demandServerlessKey, grantKey, keyOf, shownKey } from './keys.ts'
import { pageOf } from './page.ts'

export const copyOperations = {
  CreateSnapshotCopyConfiguration(input, context) {
    const { state, region, now } = context
    const { destinationRegion, snapshotRetentionPeriod: days = -1 } = input
    const namespace = getNamespace(region, input.namespaceName)
    checkRetention(days)
    const destination = destinationOf(destinationRegion, context)
    // "it only copies snapshots and recovery points to one destination AWS Region at a time". Unverified: code, wording.
    if ([...region.serverless.copies.values()].some(({ namespaceName }) => namespaceName === namespace.name))
      throw conflict(`The namespace ${namespace.name} has a snapshot copy configuration already.`)
    const there = { ...context, region: destination }
    const key = keyOf(there, input.destinationKmsKeyId)
    // "If you're using your own KMS key … kms:CreateGrant, kms:DescribeKey".
    demandServerlessKey(there, key, namespace.vault.encryptionContext, ['DescribeKey', 'CreateGrant'])
    grantKey(there, key, namespace.name, namespace.facts.namespaceArn)
    const id = newUuid(state)
    const configuration: SnapshotCopyConfiguration = {
      snapshotCopyConfigurationId: id,
      snapshotCopyConfigurationArn: arnIn(region, 'redshift-serverless', `snapshotcopyconfiguration/${id}`),
      namespaceName: namespace.name,
      destinationRegion,
      snapshotRetentionPeriod: days,
      destinationKmsKeyId: shownKey(key),
    }
    region.serverless.copies.set(id, configuration)
    namespace.copying.push({ region: destinationRegion, keyArn: key.arn, from: now, to: undefined })
    return { snapshotCopyConfiguration: configuration }
  },

  ListSnapshotCopyConfigurations(input, { region }) {
    const { namespaceName } = input
    if (namespaceName !== undefined) getNamespace(region, namespaceName)
    const chosen = [...region.serverless.copies.values()].filter(
      (one) => namespaceName === undefined || one.namespaceName === namespaceName,
    )
    const keyOfCopy = ({ snapshotCopyConfigurationId: id }: SnapshotCopyConfiguration) => String(id)
    const { items, ...next } = pageOf(chosen, keyOfCopy, input, InvalidPaginationException$)
    return { snapshotCopyConfigurations: items, ...next }
  },

  // Only copies made from now on are kept so long. Unverified.
  UpdateSnapshotCopyConfiguration(input, { region }) {
    const configuration = getConfiguration(region, input.snapshotCopyConfigurationId)
    const { snapshotRetentionPeriod: days = configuration.snapshotRetentionPeriod } = input
    checkRetention(days ?? -1)
    configuration.snapshotRetentionPeriod = days
    return { snapshotCopyConfiguration: configuration }
  },

  // Copies that were made stay where they are.
  DeleteSnapshotCopyConfiguration({ snapshotCopyConfigurationId: id }, { region, now }) {
    const configuration = getConfiguration(region, id)
    region.serverless.copies.delete(id)
    const namespace = region.serverless.namespaces.get(String(configuration.namespaceName))
    for (const copying of namespace?.copying ?? []) copying.to ??= now
    return { snapshotCopyConfiguration: configuration }
  },
} satisfies Operations<typeof client>

function getConfiguration({ serverless }: Region, id: string): SnapshotCopyConfiguration {
  const found = serverless.copies.get(id)
  if (!found) throw notFound('snapshot copy configuration', id)
  return found
}

// Unverified: the wording of both.
function destinationOf(name: string, { region, account }: Context): Region {
  const isKnown = regionNames(account.partition).includes(name)
  const isUsed = isKnown && (!needsOptIn(account.partition, name) || account.optedIn.has(name))
  if (!isUsed) throw invalid(`The destination Region ${name} isn't available.`)
  if (name === region.name) throw invalid('The destination Region must be another Region.')
  return regionIn(account, name)
}
