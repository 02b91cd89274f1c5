// What the lab keeps of zero-ETL and S3 event integrations, in the region and account of their target.

import type { Integration } from '@aws-sdk/client-redshift'

/** An integration. `facts` are those at rest; the status is worked out when read. */
export type IntegrationRecord = {
  facts: Integration & {
    IntegrationArn: string
    IntegrationName: string
    SourceArn: string
    TargetArn: string
  }
  /** Until when it is being made or changed, and what that is called. */
  busyUntil: number
  busy: 'creating' | 'modifying'
  goneAt: number | undefined
}
