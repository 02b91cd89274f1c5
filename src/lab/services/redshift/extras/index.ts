// The operations of Redshift's side families, each with its schema.

import {
  AssociateDataShareConsumer$,
  AuthorizeDataShare$,
  AuthorizeEndpointAccess$,
  CreateEndpointAccess$,
  CreateEventSubscription$,
  CreateIntegration$,
  CreateUsageLimit$,
  DeauthorizeDataShare$,
  DeleteEndpointAccess$,
  DeleteEventSubscription$,
  DeleteIntegration$,
  DeleteResourcePolicy$,
  DeleteUsageLimit$,
  DescribeDataShares$,
  DescribeDataSharesForConsumer$,
  DescribeDataSharesForProducer$,
  DescribeEndpointAccess$,
  DescribeEndpointAuthorization$,
  DescribeEventSubscriptions$,
  DescribeInboundIntegrations$,
  DescribeIntegrations$,
  DescribeUsageLimits$,
  DisassociateDataShareConsumer$,
  GetClusterCredentials$,
  GetClusterCredentialsWithIAM$,
  GetResourcePolicy$,
  ModifyEndpointAccess$,
  ModifyEventSubscription$,
  ModifyIntegration$,
  ModifyUsageLimit$,
  PutResourcePolicy$,
  RejectDataShare$,
  RevokeEndpointAccess$,
} from '@aws-sdk/client-redshift'
import { credentialOperations } from '../credentials/operations.ts'
import { consumerOperations } from '../datashares/consumer.ts'
import { dataShareListOperations } from '../datashares/list.ts'
import { producerOperations } from '../datashares/producer.ts'
import { endpointOperations } from '../endpoints/access.ts'
import { authorizationOperations } from '../endpoints/authorizations.ts'
import { subscriptionOperations } from '../events/subscriptions.ts'
import { integrationOperations } from '../integrations/operations.ts'
import { policyOperations } from '../policies/operations.ts'
import { usageLimitOperations } from '../usage-limits/operations.ts'

export const extraOperations = {
  ...producerOperations,
  ...consumerOperations,
  ...dataShareListOperations,
  ...endpointOperations,
  ...authorizationOperations,
  ...subscriptionOperations,
  ...integrationOperations,
  ...policyOperations,
  ...credentialOperations,
  ...usageLimitOperations,
}

export const extraSchemas = {
  CreateUsageLimit$,
  ModifyUsageLimit$,
  DeleteUsageLimit$,
  DescribeUsageLimits$,
  GetClusterCredentials$,
  GetClusterCredentialsWithIAM$,
  GetResourcePolicy$,
  PutResourcePolicy$,
  DeleteResourcePolicy$,
  CreateEventSubscription$,
  DeleteEventSubscription$,
  DescribeEventSubscriptions$,
  ModifyEventSubscription$,
  CreateIntegration$,
  ModifyIntegration$,
  DeleteIntegration$,
  DescribeIntegrations$,
  DescribeInboundIntegrations$,
  AuthorizeEndpointAccess$,
  CreateEndpointAccess$,
  DeleteEndpointAccess$,
  DescribeEndpointAccess$,
  DescribeEndpointAuthorization$,
  ModifyEndpointAccess$,
  RevokeEndpointAccess$,
  AssociateDataShareConsumer$,
  AuthorizeDataShare$,
  DeauthorizeDataShare$,
  DescribeDataShares$,
  DescribeDataSharesForConsumer$,
  DescribeDataSharesForProducer$,
  DisassociateDataShareConsumer$,
  RejectDataShare$,
}
