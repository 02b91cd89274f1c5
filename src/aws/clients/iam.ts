// The part of the IAM client that Redoubt uses; a module of its own so that it loads only when asked for.

import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam'
import { QueryProtocol } from '../query-protocol.ts'

export {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam'

export class Client extends IAMClient {
  constructor(config: IAMClientConfig) {
    super({ protocol: QueryProtocol, ...config })
  }
}
