// How examples of what stands around clusters are seeded.

import type { ClusterSeed, RegionSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

const sales = { ClusterIdentifier: 'sales' }

export function datashare({ facts }: Example<'redshift:datashare'>): Seed {
  const ClusterNamespaceArn = facts.ProducerArn
  return {
    region: {
      clusters: [{ ...sales, ...(ClusterNamespaceArn && { ClusterNamespaceArn }) }],
      datashares: [facts] as RegionSeed['datashares'] & object,
    },
  }
}

export function logGroup({ facts }: Example<'logs:log-group'>): Seed {
  const { logGroupName = '', retentionInDays } = facts
  return {
    region: { logGroups: [{ logGroupName, ...(retentionInDays !== undefined && { retentionInDays }) }] },
  }
}

export function copyGrant({ facts, answers }: Example<'redshift:copy-grant'>): Seed {
  const { key } = answers
  const KeyId = key?.facts.KeyId
  const { KeyManager, KeyState } = key?.facts ?? {}
  const more = KeyManager === 'AWS' ? { aliases: ['alias/aws/redshift'] } : { KeyState }
  const { clusters = [], regions = [] } = answers.users ?? {}
  const copying = { DestinationRegion: 'eu-west-1', SnapshotCopyGrantName: facts.SnapshotCopyGrantName }
  const copiers = clusters.map((arn) => ({
    ClusterIdentifier: arn.slice(arn.lastIndexOf(':') + 1),
    ClusterSnapshotCopyStatus: copying,
  }))
  return {
    region: { ...(KeyId && { keys: [{ KeyId, ...more }] }), snapshotCopyGrants: [facts] },
    elsewhere: Object.fromEntries(regions.map((region) => [region, { clusters: copiers as ClusterSeed[] }])),
  }
}

export function hsmConfiguration({ facts }: Example<'redshift:hsm-configuration'>): Seed {
  return { region: { hsmConfigurations: [facts] } }
}
