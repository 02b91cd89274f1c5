// Parameter groups through the SDK: making, changing and deleting them, and what clusters show of it.

import {
  ClusterParameterGroupAlreadyExistsFault,
  ClusterParameterGroupNotFoundFault,
  ClusterParameterGroupQuotaExceededFault,
  CreateClusterParameterGroupCommand,
  DeleteClusterParameterGroupCommand,
  DescribeClusterParameterGroupsCommand,
  DescribeClusterParametersCommand,
  DescribeClustersCommand,
  InvalidClusterParameterGroupStateFault,
  ModifyClusterCommand,
  ModifyClusterParameterGroupCommand,
  RebootClusterCommand,
} from '@aws-sdk/client-redshift'
import { describe, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'

const lab = useLab()

const create = (name: string, family = 'redshift-1.0') =>
  lab.redshift().send(
    new CreateClusterParameterGroupCommand({
      ParameterGroupName: name,
      ParameterGroupFamily: family,
      Description: 'made by a test',
      Tags: [{ Key: 'team', Value: 'security' }],
    }),
  )

const set = (name: string, values: Record<string, string>) =>
  lab.redshift().send(
    new ModifyClusterParameterGroupCommand({
      ParameterGroupName: name,
      Parameters: Object.entries(values).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
      })),
    }),
  )

const remove = (ParameterGroupName: string) =>
  lab.redshift().send(new DeleteClusterParameterGroupCommand({ ParameterGroupName }))

async function parameters(ParameterGroupName: string, Source?: string) {
  const { Parameters = [] } = await lab
    .redshift()
    .send(new DescribeClusterParametersCommand({ ParameterGroupName, ...(Source && { Source }) }))
  return Object.fromEntries(
    Parameters.map((parameter) => [parameter.ParameterName, parameter.ParameterValue]),
  )
}

async function shown(ClusterIdentifier: string) {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))
  const [group] = Clusters?.[0]?.ClusterParameterGroups ?? []
  const list = group?.ClusterParameterStatusList ?? []
  const pending = list.filter(({ ParameterApplyStatus }) => ParameterApplyStatus !== 'in-sync')
  return {
    cluster: Clusters?.[0]?.ClusterStatus,
    availability: Clusters?.[0]?.ClusterAvailabilityStatus,
    group: group?.ParameterGroupName,
    status: group?.ParameterApplyStatus,
    pending: pending.map(({ ParameterName }) => ParameterName),
    listed: list.length,
  }
}

describe('the groups themselves', () => {
  test('a new group has the values of its family, and none is the user’s', async () => {
    const { ClusterParameterGroup } = await create('Fresh', 'redshift-2.0')
    expect(ClusterParameterGroup).toEqual({
      ParameterGroupName: 'fresh',
      ParameterGroupFamily: 'redshift-2.0',
      Description: 'made by a test',
      Tags: [{ Key: 'team', Value: 'security' }],
    })
    expect(await parameters('fresh')).toMatchObject({
      require_ssl: 'true',
      enable_user_activity_logging: 'false',
    })
    expect(await parameters('fresh', 'user')).toEqual({})
  })

  test('both default groups are there and differ in require_ssl', async () => {
    expect(await parameters('default.redshift-1.0')).toMatchObject({ require_ssl: 'false' })
    expect(await parameters('default.redshift-2.0')).toMatchObject({ require_ssl: 'true' })
  })

  test('groups are found by tag', async () => {
    const command = new DescribeClusterParameterGroupsCommand({ TagKeys: ['team'] })
    const { ParameterGroups } = await lab.redshift().send(command)
    expect(ParameterGroups?.map(({ ParameterGroupName }) => ParameterGroupName)).toEqual(['fresh'])
  })

  test('a name that is taken, not a name, or of no family is refused', async () => {
    await expect(create('strict')).rejects.toBeInstanceOf(ClusterParameterGroupAlreadyExistsFault)
    await expect(create('default.redshift-1.0')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(create('1st')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(create('two--hyphens')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(create('other', 'redshift-9.0')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })

  test('a group in use, and a default group, cannot be deleted', async () => {
    await expect(remove('strict')).rejects.toBeInstanceOf(InvalidClusterParameterGroupStateFault)
    await expect(remove('default.redshift-1.0')).rejects.toBeInstanceOf(
      InvalidClusterParameterGroupStateFault,
    )
    await expect(remove('nowhere')).rejects.toBeInstanceOf(ClusterParameterGroupNotFoundFault)
    await remove('unused')
    await expect(parameters('unused')).rejects.toBeInstanceOf(ClusterParameterGroupNotFoundFault)
  })

  test('a region holds twenty groups', async () => {
    const made = await Promise.all(Array.from({ length: 17 }, (_, index) => create(`filler-${index}`)))
    expect(made).toHaveLength(17)
    await expect(create('one-too-many')).rejects.toBeInstanceOf(ClusterParameterGroupQuotaExceededFault)
  })

  test.each([
    ['an unknown parameter', { no_such_parameter: '1' }],
    ['a value that is no boolean', { require_ssl: 'yes' }],
    ['a number out of range', { extra_float_digits: '3' }],
    ['a timeout below the least', { statement_timeout: '50' }],
    ['queues that are no JSON', { wlm_json_configuration: '[{' }],
    ['one good and one bad value', { require_ssl: 'true', auto_analyze: 'maybe' }],
  ])('%s is refused and nothing changes', async (_what, values) => {
    await expect(set('filler-0', values)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    expect(await parameters('filler-0', 'user')).toEqual({})
  })

  test('a default group cannot be changed, and a request holds twenty parameters', async () => {
    await expect(set('default.redshift-1.0', { require_ssl: 'true' })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Cannot modify a default parameter group.',
    })
    const many = Array.from({ length: 21 }, () => ({ ParameterName: 'require_ssl', ParameterValue: 'true' }))
    const command = new ModifyClusterParameterGroupCommand({
      ParameterGroupName: 'filler-0',
      Parameters: many,
    })
    await expect(lab.redshift().send(command)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })
})

describe('pending until the reboot', () => {
  test('the world can seed a value that is not in force yet', async () => {
    expect(await shown('stock')).toMatchObject({ status: 'pending-reboot', pending: ['require_ssl'] })
  })

  test('a changed parameter waits for the reboot, and only that one', async () => {
    const { ParameterGroupStatus } = await set('lax', { require_ssl: 'true' })
    expect(ParameterGroupStatus).toContain('when you reboot the associated clusters')
    expect(await parameters('lax', 'user')).toEqual({ require_ssl: 'true' })
    expect(await shown('sales')).toEqual({
      cluster: 'available',
      availability: 'Available',
      group: 'lax',
      status: 'pending-reboot',
      pending: ['require_ssl'],
      listed: 14,
    })
  })

  test('time alone does not apply it', async () => {
    lab.move('+30d')
    expect(await shown('sales')).toMatchObject({ status: 'pending-reboot' })
  })

  test('the reboot does, and takes a while', async () => {
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
    lab.move('+1m')
    const during = { cluster: 'rebooting', availability: 'Unavailable', status: 'pending-reboot' }
    expect(await shown('sales')).toMatchObject(during)
    lab.move('+2m')
    expect(await shown('sales')).toMatchObject({
      cluster: 'available',
      status: 'in-sync',
      pending: [],
      listed: 14,
    })
  })

  test('setting the value that is set already changes nothing', async () => {
    await set('lax', { require_ssl: 'true' })
    expect(await shown('sales')).toMatchObject({ status: 'in-sync' })
  })

  test('another group makes every parameter wait', async () => {
    await lab
      .redshift()
      .send(new ModifyClusterCommand({ ClusterIdentifier: 'sales', ClusterParameterGroupName: 'strict' }))
    expect(await shown('sales')).toMatchObject({
      group: 'strict',
      status: 'pending-reboot',
      cluster: 'modifying',
    })
    lab.move('+5m')
    const after = await shown('sales')
    expect(after).toMatchObject({ cluster: 'available', status: 'pending-reboot' })
    expect(after.pending).toHaveLength(14)
  })
})

describe('workload management', () => {
  const automatic = (priority: string) => JSON.stringify([{ auto_wlm: true, queue_type: 'auto', priority }])

  test('a dynamic change applies by itself, while the cluster is modifying', async () => {
    await set('lax', { wlm_json_configuration: automatic('normal') })
    await lab
      .redshift()
      .send(new ModifyClusterCommand({ ClusterIdentifier: 'scratch', ClusterParameterGroupName: 'lax' }))
    lab.move('+5m')
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'scratch' }))
    lab.move('+5m')
    await set('lax', { wlm_json_configuration: automatic('high') })
    expect(await shown('scratch')).toMatchObject({
      cluster: 'modifying',
      status: 'applying',
      pending: ['wlm_json_configuration'],
    })
    await expect(set('lax', { require_ssl: 'false' })).rejects.toBeInstanceOf(
      InvalidClusterParameterGroupStateFault,
    )
    lab.move('+2m')
    expect(await shown('scratch')).toMatchObject({ cluster: 'available', status: 'in-sync' })
  })

  test('together with a static change it waits for the reboot', async () => {
    await set('lax', { wlm_json_configuration: automatic('low'), require_ssl: 'false' })
    expect(await shown('scratch')).toMatchObject({
      cluster: 'available',
      status: 'pending-reboot',
      pending: ['require_ssl', 'wlm_json_configuration'],
    })
  })
})

test('every cluster of a group waits for a reboot of its own, and clusters of other groups do not', async () => {
  for (const ClusterIdentifier of ['sales', 'stock']) {
    const change = { ClusterIdentifier, ClusterParameterGroupName: 'filler-0' }
    await lab.redshift().send(new ModifyClusterCommand(change))
  }
  lab.move('1h')
  for (const ClusterIdentifier of ['sales', 'stock', 'scratch'])
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier }))
  lab.move('1h')
  await set('filler-0', { statement_timeout: '5000' })
  const waiting = async () => {
    const clusters = ['sales', 'stock', 'scratch']
    const all = await Promise.all(clusters.map(shown))
    return clusters.filter((_, index) => all[index]?.pending.length)
  }
  expect(await waiting()).toEqual(['sales', 'stock'])
  await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
  lab.move('1h')
  expect(await waiting()).toEqual(['stock'])
})
