// CloudWatch Logs: the log groups that audit logs of clusters and namespaces go to.

import { defineCollector } from '#aws/collector.ts'
import { listing } from '#aws/listing.ts'
import { resourceFrom } from '#model/resource.ts'

export default defineCollector({
  service: 'logs',
  types: ['logs:log-group'],
  reads: ['logs:DescribeLogGroups'],

  async *collect(door, { only }) {
    const logGroupNamePrefix = only?.type === 'logs:log-group' ? only.name : '/aws/redshift/'
    const pages = door.pages('logs:DescribeLogGroups', { logGroupNamePrefix }, (output) => output.logGroups)
    const wanted = only?.type === 'logs:log-group' ? only : undefined
    yield* listing(
      'logs:log-group',
      pages,
      (facts, page) => resourceFrom('logs:log-group', door, page, facts),
      wanted,
    )
  },
})
