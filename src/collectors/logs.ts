// CloudWatch Logs: the log groups that audit logs of clusters and namespaces go to.

import { defineCollector, onlyOf } from '#aws/collector.ts'
import { listing } from '#aws/listing.ts'

export default defineCollector({
  service: 'logs',
  types: ['logs:log-group'],
  reads: ['logs:DescribeLogGroups'],

  async *collect(door, wish) {
    const only = onlyOf(wish, 'logs:log-group')
    const logGroupNamePrefix = only?.name ?? '/aws/redshift/'
    const pages = door.pages('logs:DescribeLogGroups', { logGroupNamePrefix }, (output) => output.logGroups)
    yield* listing('logs:log-group', door, pages, { only })
  },
})
