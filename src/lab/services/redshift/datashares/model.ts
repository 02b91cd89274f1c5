// What the lab keeps of datashares, in the region and account of their producer.

import type { DataShareAssociation, DataShareType } from '@aws-sdk/client-redshift'

/** An association whose consumer is known: an account, a namespace's ARN, or a managing entity (`ADX`). */
export type Association = DataShareAssociation & { ConsumerIdentifier: string }

/** A datashare. It is made in SQL, and so is the wish to share it; the API authorizes and associates. */
export type DataShareRecord = {
  arn: string
  producer: string
  allowsPublic: boolean
  managedBy?: string
  type?: DataShareType
  /** Whom the producer shares it with. */
  offers: Association[]
  /** What consumers made of it: a whole account, a region of it, or one namespace. */
  uses: Association[]
}
