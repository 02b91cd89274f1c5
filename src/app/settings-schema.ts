// What may stand in redoubt.yaml. Settings of practices are checked against the practices themselves.

import { z } from 'zod'
import type { AnyPractice, Setting } from '#model/practice.ts'
import { mostLogDays, type Settings } from '#model/settings.ts'
import { practices } from '#practices/index.ts'

const accountWords = 'write account ids as 12 digits in quotes'
const accountId = z.string(accountWords).regex(/^(\d{12}|amazon-redshift-support)$/, accountWords)

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, 'write a region such as eu-west-1')

const word = z.string().min(1, 'write at least one character')

/**
 * Whatever may be a bucket, those of former days too, so that a URL, an ARN or a pattern is not taken for one that is gone:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const bucketName = z
  .string()
  .regex(/^[\w.-]{3,255}$/, 'write the name of a bucket alone, without s3:// and without a pattern')

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN */
const keyArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'write the ARN of a key, not of an alias')

const keys = z.record(region, keyArn).superRefine((given, { addIssue }) => {
  for (const [name, arn] of Object.entries(given)) {
    if (arn.split(':')[3] === name) continue
    addIssue({ code: 'custom', path: [name], message: `write the ARN of a key that lies in ${name}` })
  }
})

/** What a setting takes: a value of the kind of its default. */
function memberOf(setting: Setting) {
  const { default: preset, unit, about, least, most } = setting
  const bounds = most === undefined ? '' : `, ${least} to ${most}`
  const notes = unit ? `${about} Unit: ${unit}${bounds}.` : about
  return kindOf(setting).describe(notes).meta({ default: preset })
}

function kindOf({ default: preset, least = 0, most }: Setting) {
  if (typeof preset === 'number')
    return most === undefined
      ? z.int().min(least)
      : z.int().min(least, `write ${least} to ${most}`).max(most, `write ${least} to ${most}`)
  if (typeof preset === 'boolean') return z.boolean()
  return typeof preset === 'string' ? word : z.array(word)
}

function settingsOf({ title, settings = {}, enabledByDefault }: AnyPractice) {
  const preset = enabledByDefault !== false
  const enabled = z.boolean().describe('False: nothing is judged by it.').meta({ default: preset })
  const own = Object.entries<Setting>(settings).map(([name, setting]) => [name, memberOf(setting)] as const)
  const members = Object.entries({ enabled, ...Object.fromEntries(own) })
  return z
    .strictObject(Object.fromEntries(members.map(([name, value]) => [name, z.exactOptional(value)])))
    .describe(`${title}.`)
}

/** What must be written, and is asked for by a sentence where it is missing. */
const required = (todo: string) =>
  z
    .string({ error: ({ input }) => (input === undefined || input === null ? todo : undefined) })
    .regex(/\S/, todo)

const suppression = z.strictObject({
  practice: z
    .enum(
      practices.map(({ id }) => id),
      { error: ({ input }) => (typeof input === 'string' ? undefined : 'name the practice by its id') },
    )
    .describe('Id of the practice whose finding is accepted.'),
  resource: required('name the resource by its ARN, or by a glob with *')
    .regex(/^arn:\S+$/, 'write a whole ARN; only * stands for any characters')
    .describe('Exact ARN of the resource, or a glob in which each * stands for any characters.'),
  reason: required('say why it is accepted').describe('Why it is accepted.'),
  owner: required('say who answers for it').describe('Who answers for it.'),
  expires: z.iso
    .date({ error: 'write the last day on which it holds, such as 2027-03-31' })
    .describe('The last day on which it holds, in UTC, such as 2027-03-31.'),
})

const shelf: readonly AnyPractice[] = practices

/** `redoubt.yaml`. */
export const settingsSchema = z.strictObject({
  regions: z
    .array(region)
    .default([])
    .describe('Where to look when no --region is given; AWS_REGION counts only where this is empty.'),
  accounts: z
    .array(
      z.strictObject({
        role: z
          .string()
          .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'write the ARN of a role')
          .describe('ARN of the role to assume.'),
        externalId: z.exactOptional(word).describe('External id, where the role asks for one.'),
      }),
    )
    .default([])
    .describe('Other accounts to look into, each through a role.'),
  trustedAccounts: z.array(accountId).default([]).describe('Accounts that may restore snapshots.'),
  allowedRegions: z
    .exactOptional(z.array(region))
    .describe(
      'Regions where data and its copies may lie. When it is left out, only the region of the data itself.',
    ),
  requiredTags: z
    .array(word)
    .default([])
    .describe(
      'Keys of the tags that clusters, namespaces, workgroups, manual snapshots, groups and event subscriptions must carry.',
    ),
  dataBuckets: z
    .array(bucketName)
    .default([])
    .describe('Names of the buckets that COPY and UNLOAD move data through: they must refuse plain HTTP.'),
  readLogs: z
    .exactOptional(
      z.strictObject({
        days: z
          .int()
          .min(1, `write 1 to ${mostLogDays}, or take readLogs out`)
          .max(mostLogDays, `write 1 to ${mostLogDays}`)
          .describe(`How many days back they are read. Unit: days, 1 to ${mostLogDays}.`),
      }),
    )
    .describe(
      'Read the user activity logs of clusters and namespaces for the buckets that COPY and UNLOAD name, which are then judged as well. It takes more calls and permissions: "redoubt policy --for hunt". When it is left out, no log is read.',
    ),
  keys: keys
    .default({})
    .describe('By region, the ARN of the customer-managed key to use for new encryption there.'),
  practices: z
    .strictObject(
      Object.fromEntries(shelf.map((practice) => [practice.id, z.exactOptional(settingsOf(practice))])),
    )
    .default({})
    .describe('Settings of single practices.'),
  suppressions: z
    .array(suppression)
    .default([])
    .describe('Findings that are accepted: they keep their status and count for nothing until the end.'),
}) satisfies z.ZodType<Settings>
