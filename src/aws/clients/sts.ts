// The part of the STS client that Redoubt uses.

export { AssumeRoleCommand, GetCallerIdentityCommand, STSClient as Client } from '@aws-sdk/client-sts'
