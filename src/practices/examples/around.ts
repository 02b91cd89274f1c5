// Builders for examples of what stands around clusters: datashares, log groups, copy grants, HSM configurations.

import type { AnswersAbout, Example } from '#model/practice.ts'
import type { KeyFacts, ResourceTypes } from '#model/resource.ts'
import { exampleKey } from '../examples.ts'

type Shape<T extends keyof ResourceTypes> = {
  reason: string
  facts?: Partial<ResourceTypes[T]['facts']>
  policy?: Example<T>['policy']
}

const producer = 'arn:aws:redshift:eu-west-1:111122223333:namespace:6f1c8a20-3f0a-4a60-9d3e-2a8b1f0c7d51'

/** A datashare of the example cluster, with nobody. */
export function datashare({
  reason,
  facts,
  policy,
}: Shape<'redshift:datashare'>): Example<'redshift:datashare'> {
  return {
    reason,
    facts: {
      DataShareArn: `${producer.replace(':namespace:', ':datashare:')}/sales`,
      ProducerArn: producer,
      AllowPubliclyAccessibleConsumers: false,
      DataShareAssociations: [],
      ...facts,
    },
    answers: {},
    ...(policy && { policy }),
  }
}

/** The log group of the connection log of the example cluster, kept for a year. */
export function logGroup({ reason, facts }: Shape<'logs:log-group'>): Example<'logs:log-group'> {
  const logGroupName = '/aws/redshift/cluster/sales/connectionlog'
  const logGroupArn = `arn:aws:logs:eu-west-1:111122223333:log-group:${logGroupName}`
  return { reason, facts: { logGroupName, logGroupArn, retentionInDays: 365, ...facts }, answers: {} }
}

type GrantExample = Shape<'redshift:copy-grant'> & {
  key?: Partial<KeyFacts> | null
  /** The clusters that copy here under it, by name. */
  clusters?: string[]
  regions?: string[]
  /** Whether those are all regions. */
  all?: boolean
}

/** Where the clusters of the examples are that copy to the region of the grant. */
export const sourceRegion = 'eu-central-1'

/** A copy grant under a customer-managed key. */
export function copyGrant({
  reason,
  facts,
  key = {},
  clusters = [],
  regions = [sourceRegion],
  all = true,
}: GrantExample): Example<'redshift:copy-grant'> {
  const metadata = { KeyId: exampleKey.split('/')[1] ?? '', Arn: exampleKey, AWSAccountId: '111122223333' }
  const known = { ...metadata, KeyManager: 'CUSTOMER' as const, KeyState: 'Enabled' as const, ...key }
  const arns = clusters.map((name) => `arn:aws:redshift:${sourceRegion}:111122223333:cluster:${name}`)
  return {
    reason,
    facts: { SnapshotCopyGrantName: 'copies-of-sales', KmsKeyId: exampleKey, ...facts },
    answers: {
      key: key === null ? null : { arn: exampleKey, facts: known },
      keyState: key === null ? null : (known.KeyState ?? null),
      users: { clusters: arns, regions, all },
    },
  }
}

type HsmExample = Shape<'redshift:hsm-configuration'> & Partial<AnswersAbout<'redshift:hsm-configuration'>>

/** A configuration of a hardware security module, which clusters use or not. */
export function hsmConfiguration({
  reason,
  facts,
  clusters = [],
}: HsmExample): Example<'redshift:hsm-configuration'> {
  const HsmConfigurationIdentifier = 'vault-2016'
  return {
    reason,
    facts: { HsmConfigurationIdentifier, HsmIpAddress: '10.0.0.7', ...facts },
    answers: { clusters },
  }
}

type CertificateExample = Shape<'redshift:hsm-client-certificate'> &
  Partial<AnswersAbout<'redshift:hsm-client-certificate'>>

/** A client certificate for a hardware security module, which clusters use or not. */
export function hsmClientCertificate({
  reason,
  facts,
  clusters = [],
}: CertificateExample): Example<'redshift:hsm-client-certificate'> {
  return { reason, facts: { HsmClientCertificateIdentifier: 'vault-2016', ...facts }, answers: { clusters } }
}
