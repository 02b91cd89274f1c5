// Which changes of the workload management configuration need a reboot.
// https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-dynamic-properties.html

type Queue = Record<string, unknown>

// Static under manual WLM: routing of queries to queues, and the queues themselves.
const routing = [
  'query_group',
  'query_group_wild_card',
  'user_group',
  'user_group_wild_card',
  'user_role',
  'user_role_wild_card',
]

/** Whether a change of `wlm_json_configuration` takes effect without a reboot. */
export function isDynamicWlmChange(from: string, to: string): boolean {
  const before = readQueues(from)
  const after = readQueues(to)
  if (isAutomatic(before) !== isAutomatic(after)) return false
  if (isAutomatic(after)) return true
  return routingOf(before) === routingOf(after)
}

function routingOf(queues: Queue[]): string {
  return JSON.stringify(queues.map((queue) => routing.map((property) => queue[property] ?? null)))
}

function isAutomatic(queues: Queue[]): boolean {
  return queues.some((queue) => queue.auto_wlm === true)
}

function readQueues(text: string): Queue[] {
  const queues: unknown = JSON.parse(text)
  return Array.isArray(queues) ? queues.filter((queue) => typeof queue === 'object' && queue !== null) : []
}
