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

/** The account of a consumer, which is named by its id or by an ARN of its own. */
export function consumerAccount(consumer: string): string {
  return consumer.startsWith('arn:') ? (consumer.split(':')[4] ?? consumer) : consumer
}
