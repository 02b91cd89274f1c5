// What IAM checks of calls to Redshift Serverless: the resources that refusals name, and the policy of a shared snapshot.

import { deserialize, serialize } from 'node:v8'
import {
  DeleteNamespaceCommand,
  GetNamespaceCommand,
  GetSnapshotCommand,
  GetWorkgroupCommand,
  ListSnapshotsCommand,
  PutResourcePolicyCommand,
  RestoreFromSnapshotCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { bob, carol, home, partner } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const actions = ['ListSnapshots', 'DeleteNamespace', 'GetWorkgroup', 'GetSnapshot', 'PutResourcePolicy']

const lab = useLab(() => {
  const world = serverlessWorld()
  const keys = world.accounts[home]?.accessKeys
  const denied = keys?.find(({ id }) => id === carol.accessKeyId)?.denied
  denied?.push(...actions.map((name) => ({ action: `redshift-serverless:${name}` })))
  return world
})

test('a refusal names what the call is about', async () => {
  const client = lab.serverless()
  const { namespace } = await client.send(new GetNamespaceCommand({ namespaceName: 'sales' }))
  const { workgroup } = await client.send(new GetWorkgroupCommand({ workgroupName: 'sales-wg' }))
  const { snapshot } = await client.send(new GetSnapshotCommand({ snapshotName: 'forever' }))
  const resourceArn = snapshot?.snapshotArn
  const calls = [
    [new ListSnapshotsCommand({}), '*'],
    [new DeleteNamespaceCommand({ namespaceName: 'sales' }), namespace?.namespaceArn],
    [new GetWorkgroupCommand({ workgroupName: 'sales-wg' }), workgroup?.workgroupArn],
    [new GetSnapshotCommand({ snapshotName: 'forever' }), resourceArn],
    [new PutResourcePolicyCommand({ resourceArn, policy: '{}' }), resourceArn],
  ] as const
  for (const [command, arn] of calls)
    await expect(lab.serverless(carol).send(command as GetSnapshotCommand)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`on resource: ${arn}`),
    })
})

test('a policy that names a role lets nobody else of its account restore', async () => {
  const { snapshot } = await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'shared-open' }))
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${partner}:role/restorer` },
      Action: 'redshift-serverless:RestoreFromSnapshot',
    },
  ]
  const policy = JSON.stringify({ Version: '2012-10-17', Statement })
  await lab.serverless().send(new PutResourcePolicyCommand({ resourceArn: snapshot?.snapshotArn, policy }))
  const restore = new RestoreFromSnapshotCommand({
    namespaceName: 'lab',
    workgroupName: 'lab-wg',
    snapshotName: 'shared-open',
    ownerAccount: home,
  })
  await expect(lab.serverless(bob).send(restore)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`on resource: ${snapshot?.snapshotArn}`),
  })
})

test('all of it can be saved and loaded', () => {
  const { state } = lab.lab
  const loaded = deserialize(serialize(state))
  const serverless = (from: typeof state) => from.accounts.get(home)?.regions.get('eu-west-1')?.serverless
  expect(serverless(loaded)).toEqual(serverless(state))
  // A stretch of recovery points goes on under the keys of its namespace, which are one object.
  const sales = serverless(loaded)?.namespaces.get('sales')
  expect(sales?.spans.at(-1)?.vault).toBe(sales?.vault)
})
