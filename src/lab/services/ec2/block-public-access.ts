// VPC Block Public Access: whether the internet is kept out of every VPC of a region.

import type * as client from '@aws-sdk/client-ec2'
import { minute } from '#kit/time.ts'
import type { Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { refusal } from './errors.ts'

export const blockOperations = {
  DescribeVpcBlockPublicAccessOptions(_input, { region, now }) {
    return { VpcBlockPublicAccessOptions: view(region, now) }
  },

  ModifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: mode }, { region, now }) {
    if (!['off', 'block-bidirectional', 'block-ingress'].includes(mode))
      throw refusal('InvalidParameterValue', `Invalid value '${mode}' for InternetGatewayBlockMode`)
    region.ec2.blockPublicAccess = { mode, changedAt: now }
    return { VpcBlockPublicAccessOptions: view(region, now) }
  },
} satisfies Operations<typeof client>

// Unverified: how long a change takes.
const duration = 2 * minute

function view({ ec2, account, name }: Region, now: number): client.VpcBlockPublicAccessOptions {
  const { mode, changedAt } = ec2.blockPublicAccess
  const isDone = changedAt !== undefined && now - changedAt >= duration
  return {
    AwsAccountId: account.id,
    AwsRegion: name,
    State: changedAt === undefined ? 'default-state' : isDone ? 'update-complete' : 'update-in-progress',
    InternetGatewayBlockMode: mode,
    ...(changedAt !== undefined && { LastUpdateTimestamp: new Date(changedAt) }),
    ManagedBy: 'account',
    ExclusionsAllowed: 'allowed',
  }
}
