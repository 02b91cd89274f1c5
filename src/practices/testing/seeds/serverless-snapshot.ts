// How an example of a serverless snapshot is seeded: the snapshot, its namespace if that lives here, its key, its policy.

import type { RegionSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

export function serverlessSnapshot({ facts, answers }: Example<'redshift-serverless:snapshot'>): Seed {
  const { namespaceName = '', namespaceArn = '', kmsKeyId = '', snapshotName = '' } = facts
  const namespaceId = namespaceArn.slice(namespaceArn.lastIndexOf('/') + 1)
  const isHere = answers.origin === 'lives' && namespaceArn.includes(':eu-west-1:')
  const { restoreKey, policy } = answers
  const document =
    restoreKey && 'arn' in restoreKey && 'document' in restoreKey.policy ? restoreKey.policy.document : null
  const KeyId = kmsKeyId.slice(kmsKeyId.lastIndexOf('/') + 1)
  // Whom the policy lets in is told by the lab itself.
  const { accountsWithRestoreAccess: _, ...snapshot } = facts
  const region = {
    keys: kmsKeyId.startsWith('arn:') ? [{ KeyId, ...(document && { Policy: document }) }] : [],
    namespaces: isHere ? [{ namespaceName, namespaceId }] : [],
    workgroups: isHere ? [{ workgroupName: namespaceName, namespaceName }] : [],
    serverlessSnapshots: [{ ...snapshot, snapshotName }],
    resourcePolicies: policy ? [{ snapshotName, policy }] : [],
  }
  return { region: region as RegionSeed }
}
