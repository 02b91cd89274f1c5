// The part of the EC2 client that Redoubt uses; a module of its own so that it loads only when asked for.

export {
  AuthorizeSecurityGroupIngressCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client as Client,
  GetManagedPrefixListEntriesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
