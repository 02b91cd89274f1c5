// Resource policies of CloudWatch Logs: which services may write into groups. Kept and shown; nothing here is refused
// by them yet.

import type * as client from '@aws-sdk/client-cloudwatch-logs'
import { LimitExceededException$, ResourceNotFoundException$ } from '@aws-sdk/client-cloudwatch-logs'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { invalid } from './errors.ts'

export const policyOperations = {
  PutResourcePolicy({ policyName, policyDocument, resourceArn }, { region, now }) {
    if (resourceArn !== undefined)
      throw invalid('The lab has policies of accounts only, not of single resources.')
    if (!policyName || !policyDocument) throw invalid('policyName and policyDocument must be specified.')
    checkPolicy(policyDocument)
    const { policies } = region.logs
    // CloudWatch Logs User Guide, "Quotas": ten in a region.
    if (!policies.has(policyName) && policies.size >= 10)
      throw fault(LimitExceededException$, 'Resource limit exceeded.')
    const resourcePolicy = { policyName, policyDocument, lastUpdatedTime: now }
    policies.set(policyName, resourcePolicy)
    return { resourcePolicy }
  },

  DescribeResourcePolicies({ limit = 50, nextToken }, { region }) {
    const all = [...region.logs.policies.values()].sort((a, b) => (a.policyName < b.policyName ? -1 : 1))
    const rest = nextToken === undefined ? all : all.filter(({ policyName }) => policyName > nextToken)
    const shown = rest.slice(0, limit)
    const last = shown.at(-1)
    return {
      resourcePolicies: shown,
      ...(last && rest.length > shown.length && { nextToken: last.policyName }),
    }
  },

  DeleteResourcePolicy({ policyName = '' }, { region }) {
    if (region.logs.policies.delete(policyName)) return {}
    throw fault(ResourceNotFoundException$, `Policy with name [${policyName}] does not exist.`)
  },
} satisfies Operations<typeof client>

function checkPolicy(text: string) {
  try {
    parsePolicy(text, 'resource')
  } catch (error) {
    if (error instanceof MalformedPolicyDocument)
      throw invalid(`Policy document is not valid: ${error.message}`)
    throw error
  }
}
