// Workgroups and namespaces of Redshift Serverless: reading their members, and changing one of them.

import { call, type Input } from './action.ts'
import type { Plain } from './plain.ts'
import type { Effect, Impact, Undo } from './plan.ts'
import type { ChangeDraft } from './practice.ts'
import type { NamespaceFacts, WorkgroupFacts } from './resource.ts'

/** The value of a parameter of a workgroup; undefined where AWS does not tell it. */
export function parameterIn({ configParameters = [] }: WorkgroupFacts, name: string): string | undefined {
  return configParameters.find(({ parameterKey }) => parameterKey?.toLowerCase() === name)?.parameterValue
}

/**
 * The port of a workgroup. terraform-provider-aws reads it of the endpoint alone; the API reference names both members.
 */
export function portOf({ endpoint, port }: WorkgroupFacts): number | undefined {
  return endpoint?.port ?? port
}

/** The audit logs that a namespace exports, each once and in one order; AWS promises none. */
export function logExportsOf({ logExports = [] }: NamespaceFacts): string[] {
  return [...new Set(logExports)].sort()
}

/** False for a workgroup or namespace on its way out; no practice judges it any more. */
export function isKept({ status }: { status?: string | undefined }): boolean {
  return status !== 'DELETING'
}

/** True for a snapshot that nobody can restore any more. Any other status is of one that is there or is being made. */
export function isLost({ status = '' }: { status?: string | undefined }): boolean {
  return ['FAILED', 'CANCELLED', 'DELETED'].includes(status)
}

type Subject = { arn: string; name: string }
type Change<I> = { title: string; change: Partial<I>; back: Partial<I> | { none: string } }
type Moved = Pick<Effect, 'fact' | 'before' | 'after'>
type Ways = {
  place: string
  console: string
  consoleBack: string
  notes?: string[]
  warning?: string
  /** There and back alike. */
  impact?: Impact
}

/** Changes one property family of a workgroup, as AWS wants it: "You can't update multiple parameters in one request". */
export function workgroupChange(
  { arn, name }: Subject,
  { title, change, back }: Change<Plain<Input<'redshift-serverless:UpdateWorkgroup'>>>,
  moved: Moved,
  ways: Ways,
): ChangeDraft {
  const to = (wish: object) => call('redshift-serverless:UpdateWorkgroup', { workgroupName: name, ...wish })
  return drafted({ title, arn, moved, ways: { ...ways, place: workgroupPlace(name, ways.place) } }, to, {
    change,
    back,
  })
}

/** Changes one property family of a namespace. */
export function namespaceChange(
  { arn, name }: Subject,
  { title, change, back }: Change<Plain<Input<'redshift-serverless:UpdateNamespace'>>>,
  moved: Moved,
  ways: Ways,
): ChangeDraft {
  const to = (wish: object) => call('redshift-serverless:UpdateNamespace', { namespaceName: name, ...wish })
  const place = `Amazon Redshift Serverless › Namespace configuration › ${name} › ${ways.place}`
  return drafted({ title, arn, moved, ways: { ...ways, place } }, to, { change, back })
}

/**
 * Sets a parameter of a workgroup; the others keep their values. AWS restarts it for that.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html says so of require_ssl and use_fips_ssl,
 * the page on limits of workgroups of all parameters.
 */
export function parameterChange(
  subject: Subject & { facts: WorkgroupFacts },
  parameterKey: string,
  parameterValue: string,
): ChangeDraft {
  const before = parameterIn(subject.facts, parameterKey)
  const set = (value: string) => ({ configParameters: [{ parameterKey, parameterValue: value }] })
  return workgroupChange(
    subject,
    {
      title: `Set ${parameterKey} of workgroup ${subject.name} to ${parameterValue}`,
      change: set(parameterValue),
      back: before === undefined ? { none: 'AWS did not tell its former value' } : set(before),
    },
    { fact: `configParameters.${parameterKey}`, before: before ?? null, after: parameterValue },
    {
      place: 'Configuration parameters: Edit',
      console: `${parameterKey} ${parameterValue}`,
      consoleBack: `${parameterKey} ${before}`,
      impact: 'reboot',
      notes: ['AWS restarts the workgroup for it, there and back: what runs at that moment is cut off'],
    },
  )
}

/** Takes the address of a workgroup off the internet. */
export function madePrivate(subject: Subject): ChangeDraft {
  return workgroupChange(
    subject,
    {
      title: `Make workgroup ${subject.name} private`,
      change: { publiclyAccessible: false },
      back: { publiclyAccessible: true },
    },
    { fact: 'publiclyAccessible', before: true, after: false },
    {
      place: 'Data access › Network and security: Edit',
      console: 'clear Turn on Public Accessible',
      consoleBack: 'Turn on Public Accessible',
      notes: ['clients outside its VPC can no longer connect'],
    },
  )
}

/** The audit logs there are: UpdateNamespace in the API reference. */
export const everyLog = ['connectionlog', 'useractivitylog', 'userlog'] as const

/** Exports all audit logs of a namespace. */
export function logsChange(facts: NamespaceFacts): ChangeDraft {
  const { namespaceName: name = '', namespaceArn: arn = '' } = facts
  const before = logExportsOf(facts)
  return namespaceChange(
    { arn, name },
    {
      title: `Export all audit logs of namespace ${name}`,
      change: { logExports: [...everyLog] },
      back: { logExports: before as (typeof everyLog)[number][] },
    },
    { fact: 'logExports', before, after: [...everyLog] },
    {
      place: 'Security and encryption: Edit',
      console: 'export the connection log, the user activity log and the user log',
      consoleBack: `export ${before.join(', ') || 'no log'}`,
    },
  )
}

function workgroupPlace(name: string, place: string): string {
  return `Amazon Redshift Serverless › Workgroup configuration › ${name} › ${place}`
}

type Frame = { title: string; arn: string; moved: Moved; ways: Ways }

function drafted(
  { title, arn, moved, ways }: Frame,
  to: (wish: object) => ChangeDraft['call'],
  { change, back }: { change: object; back: object | { none: string } },
): ChangeDraft {
  const { place, console, consoleBack, notes, warning, impact = 'none' } = ways
  const undo: Undo =
    'none' in back
      ? { none: String(back.none) }
      : {
          call: to(back),
          console: `${place}: ${consoleBack}`,
          ...(impact === 'none' ? {} : { impact }),
          ...(warning ? { warning } : {}),
        }
  return {
    title,
    call: to(change),
    effects: [{ resource: arn, ...moved }],
    console: `${place}: ${console}`,
    impact,
    ...(notes ? { notes } : {}),
    undo,
  }
}
