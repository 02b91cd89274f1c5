// What every practice must hold, whoever wrote it. A practice's own test calls it, and holds only the edges besides.

import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { collectors } from '#collectors/index.ts'
import { considered, contextFor } from '#engine/judge.ts'
import { operationOf, permissionsOf, readActions, serviceOf, writeActions } from '#model/action.ts'
import { controls } from '#model/control.ts'
import { judgeExample, readsOf } from '#model/explanation.ts'
import { readFact } from '#model/fact.ts'
import type { Inventory } from '#model/inventory.ts'
import type { Plan } from '#model/plan.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
import { exampleNow } from '../examples.ts'
import { draftsOf, noneOf, settingsOf } from './example.ts'
import { type Driver, drive } from './redoubt.ts'
import { findingOf, subjectOf } from './without.ts'
import { key, worldOf } from './world.ts'

const folder = new URL('../', import.meta.url)

type Case = { status: 'pass' | 'fail' | 'manual'; situation: string; example: Example }
const casesOf = ({ examples }: AnyPractice): Case[] =>
  (['pass', 'fail', 'manual'] as const).flatMap((status) =>
    Object.entries<Example>(examples[status] ?? {}).map(([situation, example]) => ({
      status,
      situation,
      example,
    })),
  )

/** Declares the tests that every practice must pass; each practice's own test file calls it. */
export function holdsInCommon(practice: AnyPractice): void {
  const { id } = practice
  const cases = casesOf(practice)

  describe('1. says who it is', () => {
    test('its file exports it, and has a test of its own', () => {
      expect(readFileSync(new URL(`${id}.ts`, folder), 'utf8')).toContain(`id: '${id}'`)
      expect(readFileSync(new URL(`${id}.test.ts`, folder), 'utf8')).toContain('holdsInCommon(practice)')
    })

    test('title, why, when not to and guide are written', () => {
      expect(practice.title).toMatch(/^[A-Z].*[^.]$/)
      for (const text of [practice.why, practice.whenNotTo]) expect(text).toMatch(/^[A-Z][\s\S]{40,}[.]$/)
      const { check, change, source, readOn } = practice.guide
      for (const steps of [check.cli, check.console, change.cli, change.console]) {
        expect(steps.length).toBeGreaterThan(0)
      }
      for (const line of [...check.cli, ...change.cli]) expect(line).toMatch(/^aws [a-z0-9-]+ [a-z0-9-]+/)
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
      expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    })

    test('its controls are in the catalogue, its references are https', () => {
      expect(practice.controls.filter((control) => !controls.includes(control))).toEqual([])
      expect(practice.references.length).toBeGreaterThan(0)
      for (const reference of practice.references) expect(reference).toMatch(/^https:\/\//)
    })
  })

  describe('2. judges its examples, in the words of its page', () => {
    const page = readFileSync(new URL(`../../docs/practices/${id}.md`, folder), 'utf8')

    test.each(cases.map((c) => [`${c.status}: ${c.situation}`, c] as const))('%s', (_, c) => {
      const { status, reason, message } = judgeExample(practice, c.example, exampleNow)
      expect([status, reason]).toEqual([c.status, c.example.reason])
      const row = [c.situation, status, `\`${reason}\``, message].join(' | ')
      expect(page.split('\n')).toContain(`| ${row} |`)
    })

    test('both ways are shown', () => {
      const shown = new Set(cases.map(({ status }) => (status === 'manual' ? 'fail' : status)))
      expect(shown).toEqual(new Set(['pass', 'fail']))
    })
  })

  describe('3. says unknown when an answer is missing that it depends on, and only then', () => {
    for (const need of practice.needs as string[]) {
      test.each(cases.map((c) => [c.situation, c] as const))(`${need}: %s`, (_, { example }) => {
        const whole = findingOf(practice, example)
        const without = findingOf(practice, example, need)
        // What is wrong besides is wrong without the answer, perhaps for another reason, and told with fewer words.
        if (without.status === 'fail') return expect(whole.status).toBe('fail')
        if (without.status !== 'unknown') return expect(without).toEqual(whole)
        expect(without).toMatchObject({ reason: 'refused', permission: 'redshift:DescribeLoggingStatus' })
        expect(without.message).toBe(
          'could not be judged: the permission redshift:DescribeLoggingStatus is missing',
        )
      })

      test(`${need} decides something`, () => {
        const decides = cases.some(
          ({ example }) =>
            findingOf(practice, example, need).status === 'unknown' || cannotPlan(practice, example, need),
        )
        expect(decides).toBe(true)
      })
    }

    test('no missing answer makes it pass or fail otherwise', () => {
      for (const { example } of cases) {
        const { status } = findingOf(practice, example)
        const others = (practice.needs as string[]).map((need) => findingOf(practice, example, need).status)
        expect(others.filter((other) => other !== status && other !== 'unknown')).toEqual([])
      }
    })
  })

  const failing = cases.filter(({ status }) => status === 'fail')

  const describeRemedy = practice.remediation ? describe : () => {}
  describeRemedy('4. is closed by its remedy, and opened by the undo', () => {
    let driver: Driver | undefined
    afterEach(() => driver?.stop())

    test.each(failing.map((c) => [c.situation, c.example] as const))('%s', async (_, example) => {
      const { world, regions, arn } = worldOf(practice.resource, example)
      // Who uses a thing from elsewhere, only a scan of all regions tells.
      const allRegions = practice.needs.includes('users')
      const options = { key, regions, allRegions, settings: settingsOf(practice, example), speed: 600 }
      const lab = await drive(world, options)
      driver = lab
      const statusOf = async () => {
        const { findings } = await lab.scan()
        return findings.find(({ practice, resource }) => practice === id && resource === arn)
      }

      const found = await statusOf()
      expect([found?.status, found?.reason]).toEqual(['fail', example.reason])

      const plan = await lab.plan({ resources: [arn], practice: id })
      const none = noneOf(practice, example)
      if (none) {
        expect(plan.leftOut).toEqual([{ practice: id, resource: arn, why: none }])
        return
      }
      expect(plan.leftOut).toEqual([])
      const before = await factsOf(plan, (await lab.scan()).inventory)

      const applied = await lab.apply(plan)
      expect(applied?.outcome).toMatchObject({ done: plan.steps.map((step) => step.id), failed: [] })
      // A log that is switched on now is delivered within the hour, and a snapshot is taken within eight.
      lab.lab.clock.change({ move: '+9h' })
      const { findings: verified, deleted } = await lab.verify(plan)
      const isDeleted = plan.steps.some(({ effects }) =>
        effects.some(({ resource, fact, after }) => resource === arn && fact === 'exists' && after === false),
      )
      expect([verified.map(({ status }) => status), deleted]).toEqual(
        isDeleted ? [[], [arn]] : [['pass'], []],
      )
      const closed = isDeleted ? undefined : 'pass'
      expect((await statusOf())?.status).toBe(closed)
      expect((await lab.plan({ resources: [arn], practice: id })).steps).toEqual([])
      await expect(lab.apply(plan)).rejects.toThrow(/is applied already/)

      const undone = await lab.undo(plan)
      expect(undone?.outcome.failed).toEqual([])
      expect(await factsOf(plan, (await lab.scan()).inventory)).toEqual(before)
      const isUndone = plan.steps.some(({ undo }) => 'call' in undo)
      const opened = isUndone ? 'fail' : closed
      // What closes only with the next delivery may open only with the next one that fails.
      if ((await statusOf())?.status !== opened && practice.remediation?.later)
        lab.lab.clock.change({ move: '+9h' })
      expect((await statusOf())?.status).toBe(opened)
    })
  })

  describe('5. uses actions that are known, and answers that are fetched', () => {
    test('every need is fetched by a collector', () => {
      const fetched = collectors.flatMap(({ reads }) => reads)
      expect(readsOf(practice).filter((action) => !fetched.includes(action))).toEqual([])
      expect(readsOf(practice).filter((action) => !readActions.includes(action))).toEqual([])
    })

    test('every call is a known action, and stands with its undo on the page of permissions', () => {
      const permissions = readFileSync(new URL('../../docs/permissions.md', folder), 'utf8')
      const changes = failing.flatMap(({ example }) => draftsOf(practice, example)).filter((d) => 'call' in d)
      const calls = changes.flatMap(({ call, undo }) => ('call' in undo ? [call, undo.call] : [call]))
      for (const call of calls) {
        expect(writeActions).toContain(call.action)
        for (const permission of permissionsOf(call)) expect(permissions).toContain(`"${permission}"`)
        expect(`${serviceOf(call.action)}:${operationOf(call.action)}`).toBe(call.action)
      }
      expect(calls.length > 0).toBe(practice.remediation !== undefined)
    })
  })
}

/** True when the remediation cannot be drafted without an answer. */
function cannotPlan(practice: AnyPractice, example: Example, refused: string): boolean {
  const { remediation } = practice
  if (!remediation) return false
  const context = contextFor(practice, settingsOf(practice, example), exampleNow) as never
  const drafted = considered(subjectOf(practice, example, refused), (known) => {
    remediation.hold?.(known, context, example)
    return remediation.steps(known, context, example)
  })
  return 'gap' in drafted
}

/** What waited for a restart has had it: nothing brings the waiting back. */
const restarts = ['parameterApplyStatus', 'pendingAtReboot']

/** Every fact that a plan moves and can move back, as an inventory has it. */
async function factsOf(plan: Plan, inventory: Inventory): Promise<Record<string, unknown>> {
  const facts: Record<string, unknown> = {}
  for await (const shard of inventory.shards()) {
    const movedBack = plan.steps.filter(({ undo }) => 'call' in undo && !undo.proof)
    const effects = movedBack.flatMap((step) => step.effects)
    for (const { resource, fact } of effects.filter(({ fact }) => !restarts.includes(fact))) {
      const found = shard.resources.find(({ arn }) => arn === resource)
      facts[`${resource} ${fact}`] = readFact(found, fact)
    }
  }
  return facts
}
