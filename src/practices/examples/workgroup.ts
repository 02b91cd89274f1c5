// Builders for examples of workgroups: as AWS describes them, of which an example writes what matters.

import type { AnswersAbout, Example } from '#model/practice.ts'
import type { NamespaceFacts, WorkgroupFacts } from '#model/resource.ts'

type Answers = AnswersAbout<'redshift-serverless:workgroup'>
type WorkgroupExample = {
  reason: string
  facts?: WorkgroupFacts
  /** Values of its parameters; undefined for one that AWS does not tell. */
  parameters?: Record<string, string | undefined>
  /** What its namespace is like; null where there is none. */
  namespace?: NamespaceFacts | null
  /** What its security group lets in. */
  ingress?: Answers['securityGroups'][number]['IpPermissions']
  prefixLists?: Answers['prefixLists']
  tags?: Record<string, string>
  /** Its resource policy. */
  resourcePolicy?: Answers['policy']
} & Pick<Example, 'policy' | 'settings'>

const id = '3f1a6c52-8d5e-4b7a-9c0d-2e4f6a8b1c01'
const namespaceId = '7c2b9d40-1e6f-4a83-8b5d-0f9e7d6c5b02'
const group = 'sg-0a1b2c3d4e5f60718'

/** A workgroup that is as wanted, but for what is written. */
export function workgroup(example: WorkgroupExample): Example<'redshift-serverless:workgroup'> {
  const { reason, facts, parameters, namespace = {}, ingress = [], prefixLists = {}, tags = {} } = example
  const { resourcePolicy = null } = example
  const securityGroups = [{ GroupId: group, GroupName: 'warehouse', IpPermissions: ingress }]
  return {
    reason,
    facts: {
      workgroupName: 'planning',
      workgroupId: id,
      workgroupArn: `arn:aws:redshift-serverless:eu-west-1:111122223333:workgroup/${id}`,
      namespaceName: 'planning',
      status: 'AVAILABLE',
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      port: 5440,
      securityGroupIds: [group],
      configParameters: parameterList(parameters),
      ...facts,
    },
    answers: {
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      namespace: namespace && {
        namespaceName: 'planning',
        namespaceId,
        namespaceArn: `arn:aws:redshift-serverless:eu-west-1:111122223333:namespace/${namespaceId}`,
        logExports: ['connectionlog', 'useractivitylog', 'userlog'],
        ...namespace,
      },
      securityGroups,
      prefixLists,
      guardsRead: { securityGroups, prefixLists },
      policy: resourcePolicy,
    },
    ...(example.policy && { policy: example.policy }),
    ...(example.settings && { settings: example.settings }),
  }
}

function parameterList(values: WorkgroupExample['parameters'] = {}) {
  const all = { require_ssl: 'true', enable_user_activity_logging: 'true', use_fips_ssl: 'false', ...values }
  return Object.entries(all).flatMap(([parameterKey, parameterValue]) =>
    parameterValue === undefined ? [] : { parameterKey, parameterValue },
  )
}
