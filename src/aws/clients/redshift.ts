// The part of the Redshift client that Redoubt uses; a module of its own so that it loads only when asked for.

export {
  AuthorizeSnapshotAccessCommand,
  CreateClusterParameterGroupCommand,
  DeleteClusterParameterGroupCommand,
  DescribeClusterParameterGroupsCommand,
  DescribeClusterParametersCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeLoggingStatusCommand,
  DisableLoggingCommand,
  EnableLoggingCommand,
  ModifyClusterCommand,
  ModifyClusterParameterGroupCommand,
  ModifyClusterSnapshotCommand,
  RebootClusterCommand,
  RedshiftClient as Client,
  RevokeSnapshotAccessCommand,
} from '@aws-sdk/client-redshift'
