// Edges of cluster-iam-roles: several roles, some of which may not be read. Which policies are wide is tested with
// src/model/role-reach.ts.

import { afterEach, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import practice from './cluster-iam-roles.ts'
import { holdsInCommon } from './testing/common.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

let driver: Driver | undefined
afterEach(() => driver?.stop())

const arnOf = (role: string) => `arn:aws:iam::${place.account}:role/${role}`
const role = (name: string, Action: string) => ({
  name,
  RolePolicyList: [
    { PolicyName: 'loads', PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource: '*' } } },
  ],
})

test('a wide role is told, whatever may not be read of another', async () => {
  const denied = [{ action: 'iam:ListRolePolicies', resource: arnOf('sealed') }]
  const clusters = Object.entries({ both: ['sealed', 'wide'], one: ['sealed', 'narrow'] }).map(
    ([ClusterIdentifier, roles]) => ({
      ClusterIdentifier,
      IamRoles: roles.map((name) => ({ IamRoleArn: arnOf(name) })),
    }),
  )
  const world: World = {
    name: 'roles',
    about: 'One role may not be read.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example', denied }],
        roles: [role('sealed', 's3:*'), role('wide', 's3:*'), role('narrow', 's3:GetObject')],
        regions: { [place.region]: { clusters } },
      },
    },
  }
  driver = await drive(world, { key, regions: [place.region] })
  const { findings } = await driver.scan()
  const found = findings.filter((finding) => finding.practice === practice.id)
  expect(found.map((one) => `${one.resource.split(':').at(-1)} ${one.status} ${one.message}`).sort()).toEqual(
    [
      'both fail has wide roles: role wide may do everything with S3 (policy loads)',
      'one unknown could not be judged: the permission iam:ListRolePolicies is missing',
    ],
  )
})

test('a permissions boundary counts, and where it may not be read only what depends on it is unknown', async () => {
  const bounded = (name: string, Action: string, limits: string) => ({
    ...role(name, Action),
    PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${place.account}:policy/${limits}` },
  })
  const policy = (PolicyName: string, Action: string) => {
    const Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }
    return { PolicyName, PolicyVersionList: [{ Document }] }
  }
  const clusters = [['open'], ['limited'], ['sealed'], ['narrow'], ['sealed', 'open']].map((roles) => ({
    ClusterIdentifier: roles.join('-'),
    IamRoles: roles.map((name) => ({ IamRoleArn: arnOf(name) })),
  }))
  const denied = ['sealed', 'narrow'].map((name) => ({ action: 'iam:GetRole', resource: arnOf(name) }))
  const world: World = {
    name: 'boundaries',
    about: 'Roles that may do everything, and boundaries around them.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example', denied }],
        policies: [policy('all', '*'), policy('reading', 's3:Get*')],
        roles: [
          bounded('open', 's3:*', 'all'),
          bounded('limited', 's3:*', 'reading'),
          bounded('sealed', 's3:*', 'reading'),
          bounded('narrow', 's3:GetObject', 'reading'),
        ],
        regions: { [place.region]: { clusters } },
      },
    },
  }
  driver = await drive(world, { key, regions: [place.region] })
  const { findings } = await driver.scan()
  const found = findings.filter((finding) => finding.practice === practice.id)
  const told = found.map(({ resource, status, permission }) =>
    [resource.split(':').at(-1), status, permission].filter(Boolean).join(' '),
  )
  expect(told.sort()).toEqual([
    'limited pass',
    'narrow pass',
    'open fail',
    'sealed unknown iam:GetRole',
    'sealed-open fail',
  ])
  // It is asked for where it decides, once for each role.
  expect(driver.lab.calls().filter(({ action }) => action === 'iam:GetRole')).toHaveLength(3)
})
