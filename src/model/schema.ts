// The documents that others read or hand in, as schemas: what is loaded is checked by them, and schemas/*.json is
// generated from them. The compiler holds them to the types.

import { z } from 'zod'
import { type Call, readActions, whyNever, writeActions } from './action.ts'
import type { Assessment } from './assessment.ts'
import { statuses } from './finding.ts'
import type { Json } from './plain.ts'
import { impacts, type Plan } from './plan.ts'
import { severities } from './severity.ts'

const json: z.ZodType<Json> = z.json()
const moment = z.iso.datetime({ offset: true })
const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/)
const readAction = z.enum(readActions)
const account = z.string().regex(/^\d{12}$/)
const settingValue = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())])
const madeFrom = z.strictObject({ id: z.string(), hash })

const state = z
  .strictObject({ value: json, source: readAction, at: z.string() })
  .nullable()
  .describe('A value with the call that told it and when; null where nothing tells.')

const finding = z.strictObject({
  kind: z.enum(['practice', 'suppression']),
  practice: z
    .string()
    .describe('The id of the practice; suppression-expired or suppression-unused for a suppression itself.'),
  resource: z
    .string()
    .describe(
      'The ARN judged; it ends in * when the resources could not be listed. Of a suppression, its scope.',
    ),
  account,
  region: z.string(),
  status: z.enum(statuses).describe('unknown: a needed answer is missing. manual: a person must judge.'),
  reason: z.string().describe('One word for the situation, stable over versions.'),
  severity: z.enum(severities),
  message: z.string().describe('Completes a sentence that begins with the resource.'),
  configured: state,
  inForce: state,
  observed: state,
  permission: z.string().nullable().describe('The permission that an unknown finding lacks, or null.'),
  evidence: z.array(
    z.strictObject({ source: readAction, at: z.string(), requestId: z.exactOptional(z.string()) }),
  ),
  suppression: z
    .exactOptional(z.strictObject({ reason: z.string(), owner: z.string(), expires: z.iso.date() }))
    .describe('There when the finding is accepted: it then counts for nothing, and keeps its status.'),
})

const placedGap = z.strictObject({
  source: readAction,
  takenAt: z.string(),
  gap: z.enum(['refused', 'failed', 'unsupported']),
  code: z.string(),
  message: z.string(),
  account: z.string(),
  region: z.string(),
})

/** `redoubt.assessment/1`. */
export const assessmentSchema = z
  .strictObject({
    schema: z.literal('redoubt.assessment/1'),
    id: z.string(),
    madeAt: moment,
    madeFrom: madeFrom.describe('The inventory that was judged.'),
    accounts: z.array(account),
    regions: z.array(z.string()),
    readLogs: z
      .exactOptional(z.strictObject({ days: z.int() }))
      .describe(
        'Over how many days before madeAt user activity logs were read for the buckets that they name. Not there when none was read.',
      ),
    counts: z
      .strictObject({
        pass: z.int(),
        fail: z.int(),
        unknown: z.int(),
        manual: z.int(),
        suppressed: z.int(),
      })
      .describe('Findings by status; those that are suppressed are counted apart.'),
    findings: z.array(finding),
    gaps: z.array(placedGap).describe('What was refused or failed while collecting.'),
    interrupted: z.boolean(),
  })
  .describe('All findings from one inventory, with what could not be seen.') satisfies z.ZodType<Assessment>

// AWS alone knows the shape of an input; that it is the one that was planned is what a plan's hash tells.
const call = z
  .strictObject({ action: z.enum(writeActions), input: z.record(z.string(), json) })
  .refine((given) => whyNever(given as Call) === undefined, { error: 'is never called so' })
  .describe('One AWS call; the input has the names of the AWS API.') as unknown as z.ZodType<Call>

const assumption = z.strictObject({ resource: z.string(), fact: z.string(), value: json })

const undo = z
  .union([
    z.strictObject({
      call,
      cleanup: z.exactOptional(z.boolean()),
      console: z.string(),
      cli: z.exactOptional(z.string()),
      permissions: z.exactOptional(z.array(z.string())),
      impact: z.exactOptional(z.enum(impacts)),
      warning: z.exactOptional(z.string()),
      proof: z.exactOptional(z.array(assumption)),
    }),
    z.strictObject({ none: z.string().describe('Why there is no way back.') }),
  ])
  .describe('The way back.')

const step = z.strictObject({
  id: z.string().regex(/^s\d+$/),
  title: z.string(),
  account,
  region: z.string(),
  seenFrom: z.exactOptional(z.strictObject({ account, region: z.string() })),
  call,
  cli: z.string(),
  console: z.string(),
  permissions: z.array(z.string()),
  impact: z.enum(impacts),
  deletesDataAt: z.exactOptional(moment),
  graceDays: z.exactOptional(z.number()),
  reboot: z.exactOptional(
    z.strictObject({
      brings: z.array(z.string()),
      alsoPending: z.array(z.string()),
      alsoApplies: z.array(z.string()),
    }),
  ),
  effects: z.array(z.strictObject({ resource: z.string(), fact: z.string(), before: json, after: json })),
  notes: z.array(z.string()),
  undo,
  assumes: z.array(assumption),
  after: z.array(z.string()),
  closes: z
    .array(z.string())
    .describe(
      'The findings it closes: <practice> <arn>, and account and region that it is seen from where the ARN does not say them.',
    ),
})

/** `redoubt.plan/1`. */
export const planSchema = z
  .strictObject({
    schema: z.literal('redoubt.plan/1'),
    // It names files: nothing that leads out of the workspace.
    id: z.string().regex(/^[\w-]{1,100}$/),
    madeAt: moment,
    madeFrom: madeFrom.describe('The assessment it was made from.'),
    steps: z.array(step),
    leftOut: z.array(z.strictObject({ practice: z.string(), resource: z.string(), why: z.string() })),
    policy: z.strictObject({
      trustedAccounts: z.array(z.string()),
      allowedRegions: z.exactOptional(z.array(z.string())),
      requiredTags: z.array(z.string()),
      dataBuckets: z.array(z.string()),
      keys: z.record(z.string(), z.string()),
      practices: z.record(z.string(), z.record(z.string(), settingValue)),
    }),
    hash: hash.describe('Over everything else; an edited plan is refused.'),
  })
  .describe(
    'Ordered steps not yet taken, each one AWS call with what it moves and how it is taken back.',
  ) satisfies z.ZodType<Plan>
