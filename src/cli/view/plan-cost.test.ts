// What "In all" says of restarts: those that a plan asks for, and those that AWS makes by itself for a change.

import { expect, test } from 'vitest'
import type { Step } from '#model/plan.ts'
import { plainPaint } from './paint.ts'
import { viewConsequences } from './plan-cost.ts'

const look = { width: 100, paint: plainPaint, line: (words: string) => `redoubt ${words}` }

function step(id: string, input: object, impact: Step['impact'], more: object = {}): Step {
  const undo = { call: { action: 'redshift:ModifyCluster', input }, console: '', impact }
  return { id, call: { action: '', input }, impact, effects: [], permissions: [], undo, ...more } as never
}

test('each warehouse that restarts is named once, clusters and workgroups apart', () => {
  const text = viewConsequences(
    [
      step('s1', { ClusterIdentifier: 'sales', EnhancedVpcRouting: true }, 'reboot'),
      step('s2', { workgroupName: 'planning', configParameters: [] }, 'reboot'),
      step('s3', { ClusterIdentifier: 'sales' }, 'reboot', { reboot: { brings: ['require_ssl'] } }),
    ],
    look,
  ).join('\n')
  expect(text).toContain('- 1 cluster will reboot: sales\n')
  expect(text).toContain('- 1 workgroup will restart: planning\n')
  expect(text).toContain('- the undo reboots again: sales, planning\n')
  expect(text).not.toContain('no cluster reboots')
})

test('where nothing restarts it says so', () => {
  const text = viewConsequences([step('s1', { ClusterIdentifier: 'sales' }, 'none')], look).join('\n')
  expect(text).toContain('- no cluster reboots\n')
})
