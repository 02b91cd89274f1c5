// The part of the STS client that Redoubt uses; a module of its own so that it loads only when asked for.

export {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient as Client,
} from '@aws-sdk/client-sts'
