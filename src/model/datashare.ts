// Who may read a datashare now.

import type { ResourceTypes } from './resource.ts'

type DataShareFacts = ResourceTypes['redshift:datashare']['facts']

/** The states in which a consumer has the data, or may take it: API_DataShareAssociation in the API reference. */
const open = ['ACTIVE', 'AUTHORIZED', 'AVAILABLE']

/** The consumers that may read, each once and in one order: ids of accounts, or ARNs of namespaces. */
export function consumersOf({ DataShareAssociations = [] }: DataShareFacts): string[] {
  const names = DataShareAssociations.flatMap(({ ConsumerIdentifier, Status = '' }) =>
    ConsumerIdentifier && open.includes(Status) ? ConsumerIdentifier : [],
  )
  return [...new Set(names)].sort()
}

/**
 * The account of a consumer, which is named by its id, by an ARN of its own, or as the Data Catalog of an account, which
 * Lake Formation manages: https://docs.aws.amazon.com/redshift/latest/dg/lake-formation-getting-started-producer.html
 */
export function consumerAccount(consumer: string): string {
  if (consumer.startsWith('arn:')) return consumer.split(':')[4] ?? consumer
  return consumer.replace(/^DataCatalog\//, '')
}

/**
 * A consumer as a person reads it. AWS Data Exchange itself reads nothing:
 * https://docs.aws.amazon.com/redshift/latest/dg/authorize-datashare-console.html
 */
export function spokenConsumer(consumer: string): string {
  return consumer === 'ADX' ? 'whoever subscribes to it at AWS Data Exchange (ADX)' : consumer
}
