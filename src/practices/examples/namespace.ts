// Builders for examples of namespaces: as AWS describes them, of which an example writes what matters.

import type { AnswersAbout, Example } from '#model/practice.ts'
import type { NamespaceFacts, PolicyDocument } from '#model/resource.ts'
import { exampleKey } from '../examples.ts'

type Answers = AnswersAbout<'redshift-serverless:namespace'>
type NamespaceExample = {
  reason: string
  facts?: NamespaceFacts
  /** Who manages the key that its facts name. */
  manager?: 'AWS' | 'CUSTOMER'
  /** The documents of its one role, by name. */
  policies?: Record<string, PolicyDocument>
  /** Its resource policy. */
  policy?: PolicyDocument
  copies?: Answers['copyConfigurations']
  /** Who manages the keys that its copies lie under. */
  copyManager?: 'AWS' | 'CUSTOMER'
  tags?: Record<string, string>
  decided?: Example['policy']
  trustedAccounts?: readonly string[]
}

const id = '7c2b9d40-1e6f-4a83-8b5d-0f9e7d6c5b02'

/** The ARN of the example namespace. */
export const exampleNamespace = `arn:aws:redshift-serverless:eu-west-1:111122223333:namespace/${id}`

const role = 'arn:aws:iam::111122223333:role/loads'

/** A namespace that is as wanted, but for what is written. */
export function namespace(example: NamespaceExample): Example<'redshift-serverless:namespace'> {
  const { reason, facts, manager = 'CUSTOMER', policies, policy = null, copies = [] } = example
  const { copyManager = 'CUSTOMER', tags = {} } = example
  const kmsKeyId = facts?.kmsKeyId ?? exampleKey
  return {
    reason,
    facts: {
      namespaceName: 'planning',
      namespaceId: id,
      namespaceArn: exampleNamespace,
      status: 'AVAILABLE',
      adminUsername: 'planning_owner',
      dbName: 'planning',
      logExports: ['connectionlog', 'useractivitylog', 'userlog'],
      kmsKeyId,
      // AWS writes roles like this.
      iamRoles: policies ? [`IamRole(applyStatus=in-sync, iamRoleArn=${role})`] : [],
      ...facts,
    },
    answers: {
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      policy,
      key: keyUnder(kmsKeyId, manager),
      roles: policies
        ? [
            {
              arn: role,
              name: 'loads',
              policies: Object.entries(policies).map(([name, document]) => ({ name, document })),
            },
          ]
        : [],
      copyConfigurations: copies,
      copyKeys: copies.map((copying) => ({
        ...copying,
        key: keyUnder(copying.destinationKmsKeyId, copyManager),
      })),
    },
    ...(example.trustedAccounts && { trustedAccounts: example.trustedAccounts }),
    ...(example.decided && { policy: example.decided }),
  }
}

function keyUnder(arn: string | undefined, KeyManager: 'AWS' | 'CUSTOMER'): Answers['key'] {
  if (!arn?.startsWith('arn:')) return null
  return { arn, facts: { KeyId: arn.slice(arn.indexOf('/') + 1), KeyManager } }
}
