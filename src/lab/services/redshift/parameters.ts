// The real parameters of the families redshift-1.0 and redshift-2.0, and which values each accepts.

import type { Parameter } from '@aws-sdk/client-redshift'
import type { SeedValues } from '#lab/world.ts'
import type { ParameterGroup } from './model.ts'

/** A parameter as every group of a family starts with it. */
export type ParameterDefinition = {
  name: string
  value: string
  description: string
  dataType: 'boolean' | 'integer' | 'string'
  allowedValues?: string
}

const booleans = 'true,false'

// Values: Management Guide, working-with-parameter-groups (2026). Descriptions, types, allowed values and ApplyType
// (static throughout): Redshift API Reference, DescribeClusterParameters, sample response; the description of
// enable_case_sensitive_identifier: a real answer recorded in aws-config-rdk tests, 2022-02-15. auto_mv: aws-samples/amazon-redshift-config-compare issue 5.
const shared: ParameterDefinition[] = [
  flag('auto_analyze', 'true', 'Use auto analyze'),
  flag('auto_mv', 'true', 'Enable AutoMV'),
  text('datestyle', 'ISO, MDY', 'Sets the display format for date and time values.'),
  flag(
    'enable_case_sensitive_identifier',
    'false',
    'Preserve case sensitivity for database identifiers such as table or column names in parser',
  ),
  flag('enable_user_activity_logging', 'false', 'parameter for audit logging purpose'),
  whole('extra_float_digits', '0', 'Sets the number of digits displayed for floating-point values', '-15-2'),
  whole(
    'max_concurrency_scaling_clusters',
    '1',
    'The maximum concurrency scaling clusters can be used.',
    '0-10',
  ),
  whole('max_cursor_result_set_size', 'default', 'Sets the max cursor result set size', '0-14400000'),
  text(
    'query_group',
    'default',
    'This parameter applies a user-defined label to a group of queries that are run during the same session..',
  ),
  flag('require_ssl', 'false', 'require ssl for all databaseconnections'),
  text(
    'search_path',
    '$user, public',
    'Sets the schema search order for names that are not schema-qualified.',
  ),
  whole(
    'statement_timeout',
    '0',
    'Stops any statement that takes over the specified number of milliseconds.',
    '0,100-2147483647',
  ),
  flag('use_fips_ssl', 'false', 'Use fips ssl library'),
  text('wlm_json_configuration', '[{"auto_wlm":true}]', 'wlm json configuration'),
]

/** The families there are, each with its parameters in order of name. */
export const families: Record<string, ParameterDefinition[]> = {
  'redshift-1.0': shared,
  // "As of January 10, 2025, the default value for the require_ssl parameter is true" (working-with-parameter-groups).
  'redshift-2.0': shared.map((definition) =>
    definition.name === 'require_ssl' ? { ...definition, value: 'true' } : definition,
  ),
}

/** The parameter of that name in a family. */
export function findParameter(family: string, name: string): ParameterDefinition | undefined {
  return families[family]?.find((definition) => definition.name === name)
}

/** The value a group gives a parameter: the user's, else the family's. */
export function valueIn(group: ParameterGroup, name: string): string | undefined {
  return group.values.get(name) ?? findParameter(group.family, name)?.value
}

/** A group's parameters as DescribeClusterParameters lists them. */
export function describeParameters(group: ParameterGroup): (Parameter & { ParameterName: string })[] {
  return (families[group.family] ?? []).map((definition) => {
    const set = group.values.get(definition.name)
    return {
      ParameterName: definition.name,
      ParameterValue: set ?? definition.value,
      Description: definition.description,
      Source: set === undefined ? 'engine-default' : 'user',
      DataType: definition.dataType,
      ...(definition.allowedValues && { AllowedValues: definition.allowedValues }),
      ApplyType: 'static',
      IsModifiable: true,
    }
  })
}

/** Whether a parameter accepts a value, by its type and its allowed values. */
export function accepts(
  { name, value: initial, dataType, allowedValues }: ParameterDefinition,
  value: string,
): boolean {
  if (value === initial) return true
  if (dataType === 'boolean') return value === 'true' || value === 'false'
  if (dataType === 'integer') return isWhole(value) && isAllowed(Number(value), allowedValues ?? '')
  return name !== 'wlm_json_configuration' || isJson(value)
}

/** The values a seed gives parameters of a family, or one sentence about the first that AWS would refuse. */
export function checkedValues(family: string, values: SeedValues, where: string): Map<string, string> {
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)] as const)
  for (const [name, value] of texts) {
    const definition = findParameter(family, name)
    if (!definition) throw new Error(`${where} names the unknown parameter ${name}`)
    if (!accepts(definition, value))
      throw new Error(`${where} gives ${name} the value ${value}, which AWS refuses`)
  }
  return new Map(texts)
}

// Allowed numbers are written as AWS writes them: `0,100-2147483647`, `-15-2`.
function isAllowed(value: number, allowed: string): boolean {
  return allowed.split(',').some((part) => {
    const [, from, to] = /^(-?\d+)(?:-(-?\d+))?$/.exec(part) ?? []
    return value >= Number(from) && value <= Number(to ?? from)
  })
}

function isWhole(value: string): boolean {
  return /^-?\d{1,10}$/.test(value)
}

function isJson(value: string): boolean {
  try {
    return Array.isArray(JSON.parse(value))
  } catch {
    return false
  }
}

function flag(name: string, value: string, description: string): ParameterDefinition {
  return { name, value, description, dataType: 'boolean', allowedValues: booleans }
}

function text(name: string, value: string, description: string): ParameterDefinition {
  return { name, value, description, dataType: 'string' }
}

function whole(name: string, value: string, description: string, allowedValues: string): ParameterDefinition {
  return { name, value, description, dataType: 'integer', allowedValues }
}
