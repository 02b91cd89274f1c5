// The part of the CloudWatch Logs client that Redoubt uses; a module of its own so that it loads only when asked for.

export {
  CloudWatchLogsClient as Client,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
