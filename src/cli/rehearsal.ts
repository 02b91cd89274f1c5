// `apply --rehearse`: the plan in a lab made of its own scan, and nowhere else.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rehearsal } from '#app/rehearse.ts'
import type { Workspace } from '#app/workspace.ts'
import { paceBy } from '#kit/pace.ts'
import type { Plan } from '#model/plan.ts'
import { attend } from './attend.ts'
import { labEnvironment } from './lab-environment.ts'
import { startLabOf } from './start-lab.ts'
import type { Terminal } from './terminal.ts'

/** So many seconds pass in the lab for each that would be waited: what takes two hours there is looked at 50 times. */
const speed = 10

/** Rehearses a plan. Nothing but the lab is called: this process forgets every other way to AWS first. */
export async function rehearsePlan(workspace: Workspace, plan: Plan, terminal: Terminal): Promise<Rehearsal> {
  const { rehearse, stageOf } = await import('#app/rehearse.ts')
  const stage = await stageOf(workspace, plan)
  const lab = await startLabOf(stage.world, { clock: stage.madeAt, speed: 1 })
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-rehearsal-'))
  try {
    process.env = labEnvironment(lab, process.env)
    const connection = { regions: [], allRegions: false, endpointUrl: lab.url, signal: terminal.signal }
    const { watch } = attend({ verb: 'Take', steps: plan.steps, all: plan.steps, yes: true }, terminal)
    const pass = (milliseconds: number) => lab.clock.change({ move: `${milliseconds / 1_000}s` })
    return await rehearse(
      { ...workspace, folder },
      { connection, pace: paceBy(lab.clock, speed), pass },
      plan,
      stage,
      watch,
    )
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
