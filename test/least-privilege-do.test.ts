// What `redoubt policy --for apply --action` prints is enough for each action of `redoubt do`, and nothing of it is too much:
// with any one permission less the lab refuses the wish, or its way back, and says which is missing.

import { describe, expect, test } from 'vitest'
import {
  disabledKey,
  exampleClusters,
  exampleCopyConfiguration,
  exampleKey,
  exampleNamespace,
  exampleServerlessSnapshots,
  exampleSnapshots,
  exampleWorkgroup,
  trustedAccount,
} from '#actions/examples.ts'
import { apply, undo } from '#app/apply.ts'
import { planWish } from '#app/do.ts'
import { leastPolicy, type PolicyText } from '#app/policy.ts'
import { scan } from '#app/scan.ts'
import { allActions, wishNeeds } from '#app/wishes.ts'
import { logBucket } from '#lab/services/redshift/logging/testing/log-bucket.ts'
import type { RegionSeed } from '#lab/world.ts'
import { permissionOf, readActions } from '#model/action.ts'
import { Problem } from '#model/problem.ts'
import { defaultSettings } from '#model/settings.ts'
import type { WishAction } from '#model/wish.ts'
import { accessKey, account, openEstate, worldOf } from './estate.ts'

const idOf = (arn: string) => arn.slice(arn.indexOf('/') + 1)
const settings = {
  ...defaultSettings,
  trustedAccounts: [trustedAccount],
  allowedRegions: ['eu-west-1', 'eu-central-1'],
}
const whole = leastPolicy('apply', { enabled: [], partition: 'aws', accounts: [] })

/** The estate of the examples as a world, with a key that only IAM guards, and a user who holds nothing but a policy. */
function worldWith(policy: PolicyText) {
  const seed: RegionSeed = {
    keys: [{ KeyId: idOf(exampleKey) }, { KeyId: idOf(disabledKey), KeyState: 'Disabled' }],
    buckets: [logBucket('audit')],
    clusters: exampleClusters,
    snapshots: exampleSnapshots as NonNullable<RegionSeed['snapshots']>,
    namespaces: [exampleNamespace],
    workgroups: [exampleWorkgroup],
    snapshotCopyConfigurations: [exampleCopyConfiguration],
    serverlessSnapshots: exampleServerlessSnapshots,
  }
  const world = worldOf(seed)
  const own = world.accounts[account]
  if (!own) throw new Error('the world has no account')
  const UserPolicyList = [{ PolicyName: 'least', PolicyDocument: policy }]
  world.accounts[account] = { ...own, users: [{ UserName: 'tester', UserPolicyList }] }
  return world
}

type Fulfilled = { refused: string[]; reads: string[] }

/**
 * Wishes, applies and takes back everything that the examples of an action wish for; says what AWS refused, and what was
 * read after the plan. `lost` is a permission that is missing from then on.
 */
async function fulfilled(action: WishAction, policy: PolicyText, lost?: string): Promise<Fulfilled> {
  const refused: string[] = []
  const reads = new Set<string>()
  for (const options of action.examples) {
    const { workspace: bare, connection, lab, control, attended } = await openEstate(worldWith(policy))
    const workspace = { ...bare, settings }
    await scan(workspace, connection)
    const { plan } = await planWish(workspace, action.name, options)
    const before = lab.calls().length
    if (lost) await control('deny', { accessKeyId: accessKey, action: lost })
    try {
      const applied = await apply(workspace, connection, plan, { stage: false, resume: false }, attended)
      refused.push(...(applied?.outcome.failed ?? []).map(({ error }) => error))
      if (refused.length > 0) break
      expect(applied?.verification.wish?.open).toEqual([])
      const undone = await undo(workspace, connection, plan, attended)
      refused.push(...(undone?.outcome.failed ?? []).map(({ error }) => error))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refused.push(error.what)
    }
    const called = new Set(
      lab
        .calls()
        .slice(before)
        .map(({ action: name }) => name),
    )
    for (const read of readActions) if (called.has(read)) reads.add(permissionOf(read))
  }
  reads.delete('sts:GetCallerIdentity')
  return { refused, reads: [...reads].sort() }
}

function without({ Statement, ...rest }: PolicyText, permission: string): PolicyText {
  const less = Statement.map((one) => ({ ...one, Action: one.Action.filter((name) => name !== permission) }))
  return { ...rest, Statement: less.filter(({ Action }) => Action.length > 0) }
}

const changesOf = ({ Statement }: PolicyText) =>
  Statement.filter(({ Sid }) => Sid !== 'RedoubtRead').flatMap(({ Action }) => Action)

describe.each(allActions().map((action) => [action.name, action] as const))('do %s', (_, action) => {
  const policy = leastPolicy('apply', { actions: [action], enabled: [], partition: 'aws', accounts: [] })

  test('is done and taken back under exactly its policy, which the policy for everything holds', async () => {
    expect((await fulfilled(action, policy)).refused).toEqual([])
    expect(changesOf(whole)).toEqual(expect.arrayContaining(changesOf(policy)))
  })

  const { permissions, undoPermissions } = wishNeeds(action)
  const changes = [...new Set([...permissions, ...undoPermissions])]
  test.each(changes)('is refused without %s, by that name', async (permission) => {
    const [why] = (await fulfilled(action, without(policy, permission))).refused
    // For what it does to a bucket in the caller's name, AWS has an error of its own.
    expect(why).toMatch(
      new RegExp(`the permission ${permission} is missing|the caller needs ${permission} there`),
    )
  })

  test('says by its name what may not be read any more when it is done', async () => {
    const { reads } = await fulfilled(action, policy)
    expect(reads.length).toBeGreaterThan(0)
    for (const read of reads) {
      const [why = `without ${read} nothing is missed`] = (await fulfilled(action, policy, read)).refused
      expect(why).toContain(`the permission ${read} is missing`)
    }
  }, 60_000)
})
