// Builders for examples of serverless snapshots: as AWS describes them, of which an example writes what matters.

import type { Example } from '#model/practice.ts'
import type { PolicyDocument, ServerlessSnapshotFacts } from '#model/resource.ts'
import { restoreKey } from '../examples.ts'

type SnapshotExample = {
  reason: string
  facts?: ServerlessSnapshotFacts
  /** Its resource policy. */
  policy?: PolicyDocument
  /** The policy of its key, where its facts name one. */
  keyPolicy?: PolicyDocument
  trustedAccounts?: readonly string[]
  decided?: Example['policy']
  namespaceLives?: boolean
}

const id = '9d4e2f10-6b3a-4c81-9e7d-5a2b8c1f0d03'

/** The ARN of the example snapshot. */
export const exampleServerlessSnapshot = `arn:aws:redshift-serverless:eu-west-1:111122223333:snapshot/${id}`

/** A serverless snapshot that is as wanted, but for what is written. */
export function serverlessSnapshot(example: SnapshotExample): Example<'redshift-serverless:snapshot'> {
  const { reason, facts, policy = null, keyPolicy = null, trustedAccounts = [], decided } = example
  return {
    reason,
    facts: {
      snapshotName: 'before-upgrade',
      snapshotArn: exampleServerlessSnapshot,
      namespaceName: 'planning',
      namespaceArn:
        'arn:aws:redshift-serverless:eu-west-1:111122223333:namespace/7c2b9d40-1e6f-4a83-8b5d-0f9e7d6c5b02',
      status: 'AVAILABLE',
      ownerAccount: '111122223333',
      kmsKeyId: 'AWS_OWNED_KMS_KEY',
      snapshotCreateTime: '2026-11-02T12:00:00Z',
      snapshotRetentionStartTime: '2026-11-02T12:00:00Z',
      snapshotRetentionPeriod: 90,
      ...facts,
    },
    answers: {
      policy,
      origin: example.namespaceLives === false ? 'gone' : 'lives',
      restoreKey: facts?.kmsKeyId?.startsWith('arn:') ? restoreKey(facts.kmsKeyId, keyPolicy) : null,
    },
    trustedAccounts,
    ...(decided && { policy: decided }),
  }
}

/** A resource policy that lets accounts restore the example snapshot to a namespace. */
export function sharingWith(...accounts: string[]) {
  return sharing(...accounts.map((AWS) => ({ AWS })))
}

/** One that lets users of identity providers restore it. */
export function sharingWithUsersOf(...providers: string[]) {
  return sharing(...providers.map((Federated) => ({ Federated })))
}

function sharing(...principals: object[]) {
  const statement = (Principal: object) => ({
    Effect: 'Allow',
    Principal,
    Action: ['redshift-serverless:RestoreFromSnapshot'],
  })
  return { Version: '2012-10-17', Statement: principals.map(statement) }
}
