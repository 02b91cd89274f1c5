// The operations of this folder, each with its schema.

import { DescribeEventCategories$, DescribeEvents$ } from '@aws-sdk/client-redshift'
import { eventOperations } from './events.ts'

export const lifecycleOperations = { ...eventOperations }

export const lifecycleSchemas = { DescribeEventCategories$, DescribeEvents$ }
