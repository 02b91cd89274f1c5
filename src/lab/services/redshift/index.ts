// Amazon Redshift as the lab speaks it.

import {
  DescribeClusterParameterGroups$,
  DescribeClusterParameters$,
  DescribeClusters$,
} from '@aws-sdk/client-redshift'
import { paired, type Service } from '../../wire/operations.ts'
import { awsQuery } from '../../wire/protocol.ts'
import { resourceOf } from './arns.ts'
import { clusterOperations } from './clusters.ts'
import { parameterGroupOperations } from './parameter-groups.ts'

/** Amazon Redshift. */
export const redshift: Service = {
  name: 'redshift',
  protocol: awsQuery({
    xmlNamespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
    defaultNamespace: 'com.amazonaws.redshift',
  }),
  operations: paired(
    { ...clusterOperations, ...parameterGroupOperations },
    { DescribeClusters$, DescribeClusterParameterGroups$, DescribeClusterParameters$ },
  ),
  resourceOf,
  refusal: 'AccessDenied',
}
