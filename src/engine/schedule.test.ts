// Steps at once: how many, never two on one thing, and in the order of the plan there.

import { describe, expect, it } from 'vitest'
import { call } from '#model/action.ts'
import type { Step } from '#model/plan.ts'
import { inSchedule } from './schedule.ts'

const step = (id: string, ClusterIdentifier: string, after: string[] = []): Step => ({
  id,
  title: id,
  account: '111122223333',
  region: 'eu-west-1',
  call: call('redshift:RebootCluster', { ClusterIdentifier }),
  cli: '',
  console: '',
  permissions: [],
  impact: 'none',
  effects: [
    {
      resource: `arn:aws:redshift:eu-west-1:111122223333:cluster:${ClusterIdentifier}`,
      fact: 'ClusterStatus',
      before: 'available',
      after: 'available',
    },
  ],
  notes: [],
  undo: { none: 'a test' },
  assumes: [],
  after,
  closes: [],
})

/** Takes steps that each last a moment; says what began when what was under way. */
async function seen(steps: Step[], width: number) {
  const under = new Set<string>()
  const began: string[] = []
  await inSchedule(steps, width, async ({ id }) => {
    under.add(id)
    began.push([...under].join('+'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    under.delete(id)
  })
  return began
}

describe('a schedule', () => {
  const steps = [step('a1', 'a'), step('a2', 'a'), step('b1', 'b'), step('c1', 'c'), step('b2', 'b')]

  it('takes different clusters at once and one cluster in order', async () => {
    expect(await seen(steps, 2)).toEqual(['a1', 'a1+b1', 'b1+c1', 'c1+a2', 'a2+b2'])
    expect(await seen(steps, 1)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2'])
  })

  it('waits for what a step needs, on whatever cluster', async () => {
    expect(await seen([step('a1', 'a'), step('b1', 'b', ['a1'])], 4)).toEqual(['a1', 'b1'])
  })

  it('of steps that are taken back, one waits for all that need it, by whatever way', async () => {
    const [made, filled, attached] = [step('g1', 'g'), step('g2', 'h', ['g1']), step('a1', 'a', ['g2'])]
    const [other, restart] = [step('b1', 'b'), step('a2', 'a', ['a1'])]
    expect(await seen([attached, filled, other, restart, made], 4)).toEqual([
      'a1',
      'a1+b1',
      'b1+g2',
      'a2',
      'g1',
    ])
    // What stands between two of them is not there to be taken back.
    expect(await seen([restart, made], 4)).toEqual(['a2', 'a2+g1'])
  })

  it('begins nothing after an error, and throws it when what was under way is over', async () => {
    const ended: string[] = []
    const run = inSchedule(steps, 2, async ({ id }) => {
      if (id === 'a1') throw new Error('disk full')
      await new Promise((resolve) => setTimeout(resolve, 5))
      ended.push(id)
    })
    await expect(run).rejects.toThrow('disk full')
    expect(ended).toEqual(['b1'])
  })
})
