// The policies that `redoubt policy` prints are enough and not too much: each verb runs in the lab under exactly its
// policy, and with one action less exactly that one is missed.

import { describe, expect, test } from 'vitest'
import { leastPolicy, type PolicyText } from '#app/policy.ts'
import { choosePractices } from '#app/practices.ts'
import { scan } from '#app/scan.ts'
import type { World } from '#lab/index.ts'
import { loadWorld } from '#lab/worlds/index.ts'
import { permissionOf, type ReadAction } from '#model/action.ts'
import { explanationOf } from '#model/explanation.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
import { defaultSettings } from '#model/settings.ts'
import { exampleNow } from '#practices/examples.ts'
import { practices } from '#practices/index.ts'
import { draftsOf, settingsOf } from '#practices/testing/example.ts'
import { drive } from '#practices/testing/redoubt.ts'
import { key, place, worldOf } from '#practices/testing/world.ts'
import { openEstate } from './estate.ts'

const warehouse = '111122223333'
const accounts = [{ role: 'arn:aws:iam::444455556666:role/redoubt-scan' }]
const shelf: readonly AnyPractice[] = practices
const enabled = choosePractices(defaultSettings)

/** A policy with one of its actions taken out. */
function without({ Statement, ...rest }: PolicyText, action: string): PolicyText {
  return {
    ...rest,
    Statement: Statement.flatMap((one) => {
      const Action = one.Action.filter((name) => name !== action)
      return Action.length > 0 ? [{ ...one, Action }] : []
    }),
  }
}

/** The world with users who hold nothing but these policies. */
function withUsers(world: World, account: string, policies: Record<string, PolicyText>): World {
  const own = world.accounts[account]
  if (!own) throw new Error(`${world.name} has no account ${account}`)
  const names = Object.keys(policies)
  const users = names.map((UserName) => ({
    UserName,
    UserPolicyList: [{ PolicyName: 'least', PolicyDocument: policies[UserName] as object }],
  }))
  const accessKeys = names.map((user, at) => ({
    id: `AKIALEAST${String(at).padStart(11, '0')}`,
    secret: 'a-secret',
    user,
  }))
  return {
    ...world,
    accounts: {
      ...world.accounts,
      [account]: {
        ...own,
        users: [...(own.users ?? []), ...users],
        accessKeys: [...accessKeys, ...own.accessKeys],
      },
    },
  }
}

describe('scan', () => {
  const policy = leastPolicy('scan', { enabled, partition: 'aws', accounts })
  const actions = policy.Statement.flatMap(({ Action }) => Action)

  test('under exactly its policy nothing is refused, and with one action less exactly that one', async () => {
    const neglected = await loadWorld('neglected')
    const lessers = Object.fromEntries(actions.map((action) => [action, without(policy, action)]))
    const world = withUsers(neglected, warehouse, { all: policy, ...lessers })
    const { lab, workspace, connection } = await openEstate(world, 0)
    const settings = { ...defaultSettings, accounts }
    const scanAs = async (user: string) => {
      const id = world.accounts[warehouse]?.accessKeys.find((one) => one.user === user)?.id
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'a-secret' })
      const regions = ['eu-central-1', 'eu-west-1', 'us-east-1']
      const before = lab.calls().length
      const { assessment } = await scan({ ...workspace, settings }, { ...connection, regions })
      const refused = assessment.gaps
        .filter(({ gap }) => gap === 'refused')
        .map(({ source }) => permissionOf(source))
      const calls = lab.calls().slice(before)
      return {
        refused: [...new Set(refused)],
        called: new Set(calls.map(({ action }) => permissionOf(action as ReadAction))),
      }
    }
    const whole = await scanAs('all')
    expect(whole.refused).toEqual([])
    const used = actions.filter((action) => whole.called.has(action))
    // What this world has no reason to ask for cannot be missed in it.
    expect(used.length).toBeGreaterThan(30)
    const missed: Record<string, string[]> = {}
    for (const action of used) missed[action] = (await scanAs(action)).refused
    expect(missed).toEqual(Object.fromEntries(used.map((action) => [action, [action]])))
  }, 300_000)
})

const fixable = shelf.filter(({ remediation }) => remediation)

/** The first example that calls can mend, by its name. */
function mendable(practice: AnyPractice): Example | undefined {
  return Object.values<Example>(practice.examples.fail).find(
    (example) => draftsOf(practice, example).length > 0,
  )
}

describe('apply, verify and undo', () => {
  test.each(fixable.map((practice) => [practice.id, practice] as const))(
    '%s under exactly its policy, and not with any one change less',
    async (id, practice) => {
      const example = mendable(practice)
      if (!example) throw new Error(`${id} has no example that calls can mend`)
      const policy = leastPolicy('apply', { practices: [practice], enabled, partition: 'aws', accounts: [] })
      const { world, regions, arn } = worldOf(practice.resource, example)
      const changes = new Set<string>()
      const run = async (given: PolicyText) => {
        const [user] = world.accounts[place.account]?.accessKeys ?? []
        const own = {
          ...world,
          accounts: {
            ...world.accounts,
            [place.account]: {
              ...world.accounts[place.account],
              accessKeys: [user],
              users: [
                {
                  UserName: 'example',
                  UserPolicyList: [{ PolicyName: 'least', PolicyDocument: given }],
                },
              ],
            },
          },
        } as World
        const options = { key, regions, settings: settingsOf(practice, example), speed: 600 }
        const lab = await drive(own, options)
        try {
          const { findings } = await lab.scan()
          const found = findings.find(({ practice: by, resource }) => by === id && resource === arn)
          expect([found?.status, found?.reason]).toEqual(['fail', example.reason])
          const plan = await lab.plan({ resources: [arn], practice: id })
          expect(plan.steps.length).toBeGreaterThan(0)
          for (const { permissions, undo } of plan.steps)
            for (const one of [...permissions, ...(undo.permissions ?? [])]) changes.add(one)
          const applied = await lab.apply(plan)
          const failed = applied?.outcome.failed.map(({ error }) => error) ?? []
          if (failed.length > 0) return failed
          lab.lab.clock.change({ move: '+9h' })
          const open = (await lab.verify(plan)).findings.filter(({ status }) => status !== 'pass')
          if (open.length > 0) return open.map(({ permission, message }) => permission ?? message)
          if (!plan.steps.some(({ undo }) => 'call' in undo)) return []
          return (await lab.undo(plan))?.outcome.failed.map(({ error }) => error) ?? []
        } finally {
          await lab.stop()
        }
      }
      expect(await run(policy)).toEqual([])
      const { permissions = [], undoPermissions = [] } = explanationOf(practice, exampleNow).remediation ?? {}
      expect([...permissions, ...undoPermissions]).toEqual(expect.arrayContaining([...changes]))
      const silent: string[] = []
      // What lies under no key of anybody's leaves nothing to ask of KMS.
      const isKeyless = practice.id === 'snapshot-shared'
      for (const change of changes) {
        if (isKeyless && change.startsWith('kms:')) continue
        const [why = ''] = await run(without(policy, change))
        if (!why.includes(change)) silent.push(`without ${change}: ${why || 'nothing is refused'}`)
      }
      expect(silent).toEqual([])
    },
    300_000,
  )
})
