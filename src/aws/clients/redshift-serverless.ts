// The part of the Redshift Serverless client that Redoubt uses; a module of its own so that it loads only when asked for.

export {
  CreateSnapshotCommand,
  CreateSnapshotCopyConfigurationCommand,
  DeleteResourcePolicyCommand,
  DeleteSnapshotCommand,
  DeleteSnapshotCopyConfigurationCommand,
  GetResourcePolicyCommand,
  ListNamespacesCommand,
  ListSnapshotCopyConfigurationsCommand,
  ListSnapshotsCommand,
  ListTagsForResourceCommand,
  ListWorkgroupsCommand,
  PutResourcePolicyCommand,
  RedshiftServerlessClient as Client,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateNamespaceCommand,
  UpdateSnapshotCommand,
  UpdateSnapshotCopyConfigurationCommand,
  UpdateWorkgroupCommand,
} from '@aws-sdk/client-redshift-serverless'
