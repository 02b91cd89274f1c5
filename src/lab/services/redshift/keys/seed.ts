// Keys of seeded clusters and snapshots: what a world names, found among the keys of the world.

import type { HsmClientCertificate, HsmConfiguration, SnapshotCopyGrant } from '@aws-sdk/client-redshift'
import { HsmClientCertificate$, HsmConfiguration$, SnapshotCopyGrant$ } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { findKey, grantToService, keyByArn, managedKey, type Where } from '#lab/services/kms/use.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import { rootOf } from './root.ts'

/** Resolves the keys that a region's clusters and snapshots name, and puts the clusters under them. */
export function seedKeys(region: Region, seed: RegionSeed, { state, now }: Seeding): void {
  const where = { state, region, now }
  const resolved = new Map<string, string>()
  const arnOf = (ref: string, of: string) => {
    const known = resolved.get(ref) ?? resolve(where, ref, of)
    resolved.set(ref, known)
    return known
  }
  const { clusters, snapshots, keys } = region.redshift
  const resolveKey = (
    owner: { id: string; facts: Readonly<{ KmsKeyId?: string | undefined }> },
    noun: string,
  ) => {
    const { id, facts } = owner
    const ref = facts.KmsKeyId
    if (ref !== undefined) owner.facts = { ...facts, KmsKeyId: arnOf(ref, `${noun} ${id}`) }
  }
  for (const cluster of clusters.values()) resolveKey(cluster, 'cluster')
  for (const snapshot of snapshots.values()) resolveKey(snapshot, 'snapshot')
  // Redshift's grants are there from the beginning; the rest of the hierarchy is made when it is needed.
  for (const cluster of clusters.values()) if (cluster.facts.KmsKeyId !== undefined) rootOf(where, cluster)
  for (const given of seed.snapshotCopyGrants ?? []) {
    const facts = readPlain<SnapshotCopyGrant>(SnapshotCopyGrant$, given, now, 'a snapshot copy grant')
    const name = facts.SnapshotCopyGrantName ?? ''
    const KmsKeyId = arnOf(facts.KmsKeyId ?? 'alias/aws/redshift', `snapshot copy grant ${name}`)
    const key = keyByArn(where, KmsKeyId)
    const operations = ['Encrypt', 'Decrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey'] as const
    const wish = { service: 'redshift', operations: [...operations], encryptionContext: {} }
    const grant = key && grantToService(where, key, wish)
    keys.copyGrants.set(name, { name, facts: { Tags: [], ...facts, KmsKeyId }, grant })
  }
  for (const given of seed.hsmClientCertificates ?? []) {
    const one = readPlain<HsmClientCertificate>(
      HsmClientCertificate$,
      given,
      now,
      'an HSM client certificate',
    )
    keys.hsmCertificates.set(one.HsmClientCertificateIdentifier ?? '', { Tags: [], ...one })
  }
  for (const given of seed.hsmConfigurations ?? []) {
    const one = readPlain<HsmConfiguration>(HsmConfiguration$, given, now, 'an HSM configuration')
    keys.hsmConfigurations.set(one.HsmConfigurationIdentifier ?? '', { Tags: [], ...one })
  }
}

function resolve(where: Where, ref: string, of: string): string {
  const { account, name } = where.region
  if (ref === 'alias/aws/redshift') return managedKey(where, account, 'redshift').arn
  const key = findKey(where, account, ref)
  if (key) return key.arn
  const parts = parseArn(ref)
  // A key of an account that the world does not describe stays what it is.
  if (parts?.service === 'kms' && parts.account !== account.id && !where.state.accounts.has(parts.account))
    return ref
  throw new Error(
    `${of} in ${name} of account ${account.id} names the KMS key ${ref}, which the world does not have`,
  )
}
