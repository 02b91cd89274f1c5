// The parameters of a workgroup, which stand where a cluster has a parameter group.

import type { ConfigParameter } from '@aws-sdk/client-redshift-serverless'
import { invalid } from './errors.ts'

// Keys: API, ConfigParameter, and the DB Developer Guide's "Query monitoring metrics for Amazon Redshift Serverless".
// Defaults: Management Guide, behavior-changes (require_ssl), as a new workgroup shows them in issues of
// hashicorp/terraform-provider-aws. Unverified: those of auto_mv and enable_user_activity_logging.
const defaults: Record<string, string> = {
  auto_mv: 'true',
  datestyle: 'ISO, MDY',
  enable_case_sensitive_identifier: 'false',
  enable_user_activity_logging: 'true',
  max_query_execution_time: '14400',
  query_group: 'default',
  require_ssl: 'true',
  search_path: '$user, public',
  use_fips_ssl: 'false',
}

const booleans = new Set([
  'auto_mv',
  'enable_case_sensitive_identifier',
  'enable_user_activity_logging',
  'require_ssl',
  'use_fips_ssl',
])

// The limits that queries are watched for, none of which has a default but the execution time.
const limits = [
  'max_query_cpu_usage_percent',
  'max_join_row_count',
  'max_query_execution_time',
  'max_query_queue_time',
  'max_query_blocks_read',
  'max_return_row_count',
  'max_query_cpu_time',
  'max_io_skew',
  'max_scan_row_count',
  'max_nested_loop_join_row_count',
  'max_query_temp_blocks_to_disk',
  'max_cpu_skew',
]

const known = new Set([...Object.keys(defaults), ...limits, 'wlm_json_configuration'])

/** The values a new workgroup has. */
export function defaultParameters(): Record<string, string> {
  return { ...defaults }
}

/** Parameters as a request gives them, as values by key. Throws unless AWS would take them. */
export function readParameters(given: ConfigParameter[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { parameterKey: key = '', parameterValue: value = '' } of given) {
    // Wording: recorded in terraform-provider-aws (redshiftserverless/workgroup.go).
    if (!known.has(key))
      throw invalid(
        `The parameter key ${key} isn't supported. Supported values: [[${[...known].join(', ')}]]`,
      )
    checkValue(key, value)
    values[key] = booleans.has(key) ? value.toLowerCase() : value
  }
  // "either wlm_json_configuration or query monitoring metrics" (API, CreateWorkgroup). Unverified: wording.
  if ('wlm_json_configuration' in values && limits.some((limit) => limit in values))
    throw invalid("You can't specify wlm_json_configuration together with query monitoring metrics.")
  return values
}

// Unverified: wording.
function checkValue(key: string, value: string) {
  const isRight = booleans.has(key)
    ? /^(true|false)$/i.test(value)
    : limits.includes(key)
      ? /^\d+(\.\d+)?$/.test(value)
      : key !== 'wlm_json_configuration' || isJson(value)
  if (!isRight) throw invalid(`The parameter value ${value} isn't valid for the parameter key ${key}.`)
}

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}

/** Parameters as AWS shows them. */
export function showParameters(values: Record<string, string>): ConfigParameter[] {
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }))
}
