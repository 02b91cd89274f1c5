// What may stand in redoubt.yaml. Numbers of practices are checked against the practices themselves.

import { z } from 'zod'
import type { AnyPractice } from '#model/practice.ts'
import { practices } from '#practices/index.ts'

const accountId = z
  .string()
  .regex(/^(\d{12}|amazon-redshift-support)$/, 'write account ids as 12 digits in quotes')

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, 'write a region such as eu-west-1')

const numbersOf = (practice: AnyPractice) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(practice.settings ?? {}).map(([name, setting]) => [
        name,
        z
          .int()
          .min(0)
          .optional()
          .describe(`${(setting as { about: string }).about} Unit: ${(setting as { unit: string }).unit}.`),
      ]),
    ),
  )

export const settingsSchema = z.strictObject({
  regions: z.array(region).default([]).describe('Where to look when no --region is given.'),
  accounts: z
    .array(
      z.strictObject({
        role: z
          .string()
          .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'write the ARN of a role')
          .describe('ARN of the role to assume.'),
        externalId: z.string().optional().describe('External id, where the role asks for one.'),
      }),
    )
    .default([])
    .describe('Other accounts to look into, each through a role.'),
  trustedAccounts: z.array(accountId).default([]).describe('Accounts that may restore snapshots.'),
  practices: z
    .strictObject(
      Object.fromEntries((practices as readonly AnyPractice[]).map((p) => [p.id, numbersOf(p).optional()])),
    )
    .default({})
    .describe('Numbers of single practices.'),
})
