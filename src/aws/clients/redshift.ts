// The part of the Redshift client that Redoubt uses; a module of its own so that it loads only when asked for.

import { RedshiftClient, type RedshiftClientConfig } from '@aws-sdk/client-redshift'
import { QueryProtocol } from '../query-protocol.ts'

export {
  AuthorizeDataShareCommand,
  AuthorizeEndpointAccessCommand,
  AuthorizeSnapshotAccessCommand,
  BatchModifyClusterSnapshotsCommand,
  CopyClusterSnapshotCommand,
  CreateClusterParameterGroupCommand,
  CreateClusterSnapshotCommand,
  CreateSnapshotCopyGrantCommand,
  CreateTagsCommand,
  DeauthorizeDataShareCommand,
  DeleteClusterParameterGroupCommand,
  DeleteClusterSnapshotCommand,
  DeleteResourcePolicyCommand,
  DeleteSnapshotCopyGrantCommand,
  DeleteTagsCommand,
  DescribeClusterParameterGroupsCommand,
  DescribeClusterParametersCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClusterSubnetGroupsCommand,
  DescribeClustersCommand,
  DescribeDataSharesCommand,
  DescribeEndpointAuthorizationCommand,
  DescribeEventSubscriptionsCommand,
  DescribeHsmClientCertificatesCommand,
  DescribeHsmConfigurationsCommand,
  DescribeLoggingStatusCommand,
  DescribeSnapshotCopyGrantsCommand,
  DescribeSnapshotSchedulesCommand,
  DisableLoggingCommand,
  DisableSnapshotCopyCommand,
  EnableLoggingCommand,
  EnableSnapshotCopyCommand,
  GetResourcePolicyCommand,
  ModifyClusterCommand,
  ModifyClusterIamRolesCommand,
  ModifyClusterParameterGroupCommand,
  ModifyClusterSnapshotCommand,
  ModifyClusterSnapshotScheduleCommand,
  ModifySnapshotCopyRetentionPeriodCommand,
  PutResourcePolicyCommand,
  RebootClusterCommand,
  RevokeEndpointAccessCommand,
  RevokeSnapshotAccessCommand,
  RotateEncryptionKeyCommand,
} from '@aws-sdk/client-redshift'

export class Client extends RedshiftClient {
  constructor(config: RedshiftClientConfig) {
    super({ protocol: QueryProtocol, ...config })
  }
}
