// The published schemas describe what is really written, and loading refuses what they do not describe.

import { describe, expect, test } from 'vitest'
import { makePlan } from '#app/plans.ts'
import { renderReport, reportFormats } from '#app/reports.ts'
import { scan } from '#app/scan.ts'
import { loadWorld } from '#lab/worlds/index.ts'
import { assessmentSchema, planSchema } from '#model/schema.ts'
import { openEstate } from './estate.ts'
import { wholeOf } from './whole.ts'

describe.each([await loadWorld('mixed'), await loadWorld('neglected')])('world $name', (world) => {
  async function looked() {
    const [account] = Object.values(world.accounts)
    const [key] = account?.accessKeys ?? []
    const { workspace, connection } = await openEstate(world, 1)
    process.env.AWS_ACCESS_KEY_ID = key?.id
    process.env.AWS_SECRET_ACCESS_KEY = key?.secret
    const regions = Object.keys(account?.regions ?? {})
    const { assessment: kept } = await scan(workspace, { ...connection, regions })
    return { kept, assessment: await wholeOf(kept), plan: (await makePlan(workspace, {})).plan }
  }

  test('its assessment and plan are what the schemas say, to the last member', async () => {
    const { kept, assessment, plan } = await looked()
    expect(assessment.findings.length).toBeGreaterThan(20)
    expect(plan.steps.length).toBeGreaterThan(3)
    let text = ''
    for await (const piece of renderReport('json', kept)) text += piece
    const report = JSON.parse(text)
    expect(report).toEqual(assessment)
    expect(text).toBe(`${JSON.stringify(report, null, 2)}\n`)
    expect(assessmentSchema.parse(report)).toEqual(report)
    const written = JSON.parse(JSON.stringify(plan))
    expect(planSchema.parse(written)).toEqual(written)
  })

  test('a member more, or one of another kind, is refused', async () => {
    const { assessment, plan } = await looked()
    const [finding] = assessment.findings
    const refused = [
      { ...assessment, score: 7 },
      { ...assessment, findings: [{ ...finding, status: 'warning' }] },
      { ...assessment, findings: [{ ...finding, inForce: 'true' }] },
    ]
    for (const document of refused) expect(assessmentSchema.safeParse(document).success).toBe(false)
    const [step] = plan.steps
    const other = { ...step, call: { action: 'redshift:DeleteCluster', input: {} } }
    expect(planSchema.safeParse({ ...plan, steps: [other] }).success).toBe(false)
  })
})

test('the formats are the reports shelf', () => {
  expect(reportFormats).toEqual(['json'])
})
