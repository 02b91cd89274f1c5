// The operations of Redshift's side families, each with its schema.

import {
  AssociateDataShareConsumer$,
  AuthorizeDataShare$,
  AuthorizeEndpointAccess$,
  CreateEndpointAccess$,
  DeauthorizeDataShare$,
  DeleteEndpointAccess$,
  DescribeDataShares$,
  DescribeDataSharesForConsumer$,
  DescribeDataSharesForProducer$,
  DescribeEndpointAccess$,
  DescribeEndpointAuthorization$,
  DisassociateDataShareConsumer$,
  ModifyEndpointAccess$,
  RejectDataShare$,
  RevokeEndpointAccess$,
} from '@aws-sdk/client-redshift'
import { consumerOperations } from '../datashares/consumer.ts'
import { dataShareListOperations } from '../datashares/list.ts'
import { producerOperations } from '../datashares/producer.ts'
import { endpointOperations } from '../endpoints/access.ts'
import { authorizationOperations } from '../endpoints/authorizations.ts'

export const extraOperations = {
  ...producerOperations,
  ...consumerOperations,
  ...dataShareListOperations,
  ...endpointOperations,
  ...authorizationOperations,
}

export const extraSchemas = {
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
