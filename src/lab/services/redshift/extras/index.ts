// The operations of Redshift's side families, each with its schema.

import {
  AssociateDataShareConsumer$,
  AuthorizeDataShare$,
  DeauthorizeDataShare$,
  DescribeDataShares$,
  DescribeDataSharesForConsumer$,
  DescribeDataSharesForProducer$,
  DisassociateDataShareConsumer$,
  RejectDataShare$,
} from '@aws-sdk/client-redshift'
import { consumerOperations } from '../datashares/consumer.ts'
import { dataShareListOperations } from '../datashares/list.ts'
import { producerOperations } from '../datashares/producer.ts'

export const extraOperations = {
  ...producerOperations,
  ...consumerOperations,
  ...dataShareListOperations,
}

export const extraSchemas = {
  AssociateDataShareConsumer$,
  AuthorizeDataShare$,
  DeauthorizeDataShare$,
  DescribeDataShares$,
  DescribeDataSharesForConsumer$,
  DescribeDataSharesForProducer$,
  DisassociateDataShareConsumer$,
  RejectDataShare$,
}
