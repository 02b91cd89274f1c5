// `apply --rehearse`: the plan in a lab made of its own scan, and nowhere else.

import { mkdtemp, rm } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rehearsal } from '#app/rehearse.ts'
import type { Workspace } from '#app/workspace.ts'
import type { Plan } from '#model/plan.ts'
import { attend } from './attend.ts'
import { type Lab, startLabOf } from './start-lab.ts'
import type { Terminal } from './terminal.ts'

/** Five minutes in the lab for each second here. */
const speed = 300

/** Rehearses a plan. Nothing but the lab is called: this process forgets every other way to AWS first. */
export async function rehearsePlan(workspace: Workspace, plan: Plan, terminal: Terminal): Promise<Rehearsal> {
  const { rehearse, stageOf } = await import('#app/rehearse.ts')
  const stage = await stageOf(workspace, plan)
  const lab = await startLabOf(stage.world, { clock: stage.madeAt, speed })
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-rehearsal-'))
  try {
    forgetAws(process.env, lab)
    const connection = { regions: [], allRegions: false, endpointUrl: lab.url, signal: terminal.signal }
    const { watch } = attend({ verb: 'Take', steps: plan.steps, all: plan.steps, yes: true }, terminal)
    return await rehearse({ ...workspace, folder }, connection, plan, stage, watch)
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Leaves only the lab's own credentials: neither profiles nor variables of the user may be used, not even by mistake. */
function forgetAws(env: NodeJS.ProcessEnv, { url, describe }: Lab): void {
  // What only tells the SDK how to behave may stay.
  for (const name of Object.keys(env)) if (/^AWS_(?!SDK_)/.test(name)) delete env[name]
  const [account] = describe().accounts
  const [key] = account?.accessKeys ?? []
  Object.assign(env, {
    AWS_ACCESS_KEY_ID: key?.id,
    AWS_SECRET_ACCESS_KEY: key?.secret,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: account?.regions[0] ?? 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  })
}
