// Drives Redoubt's verbs against a lab, as a person would by command: scan, plan, apply, verify, undo.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apply, undo, verify, type Watch } from '#app/apply.ts'
import { newest } from '#app/plans.ts'
import { scan } from '#app/scan.ts'
import type { Workspace } from '#app/workspace.ts'
import { makePlan } from '#engine/plan.ts'
import { paceBy } from '#kit/pace.ts'
import { type Lab, startLab, type World } from '#lab/index.ts'
import type { Plan } from '#model/plan.ts'
import { defaultSettings, type Settings } from '#model/settings.ts'
import { wholeOf } from '../../../test/whole.ts'
import { practices } from '../index.ts'

export type Driver = Awaited<ReturnType<typeof drive>>

type Key = { id: string; secret: string }
type Options = {
  key: Key
  regions: readonly string[]
  /** Scan every region that the account has enabled, these and all others. */
  allRegions?: boolean
  settings?: Partial<Settings>
  speed?: number
  now?: string
  /** Hears what each step is doing. */
  watch?: Watch
}

/** Starts a lab with a world and opens an empty workspace; `stop` ends both. */
export async function drive(
  world: World,
  { key, regions, allRegions = false, settings = {}, speed = 1, now, watch = () => {} }: Options,
) {
  const lab: Lab = await startLab({ world, speed: 0, ...(now === undefined ? {} : { now }) })
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-'))
  const workspace: Workspace = { folder, settings: { ...defaultSettings, ...settings } }
  const connection = { regions: allRegions ? [] : regions, allRegions, endpointUrl: lab.url }
  const attendance = {
    approve: async () => true,
    watch,
    pace: speed > 0 ? paceBy(lab.clock, speed) : undefined,
  }
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: key.id,
    AWS_SECRET_ACCESS_KEY: key.secret,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  })
  return {
    lab,
    /** A scan by all practices, those that are off by default too. */
    scan: async () => {
      const { assessment } = await scan(workspace, connection, { practices: practices.map(({ id }) => id) })
      return { ...(await wholeOf(assessment)), inventory: (await newest(workspace)).inventory }
    },
    /** A plan for the newest scan; a resource that is named is planned for even when it is held back. */
    plan: async (options: { resources?: string[]; practice?: string } = {}) => {
      const { assessment, inventory } = await newest(workspace)
      const chosen = practices.filter(({ id }) => !options.practice || id === options.practice)
      const { resources } = options
      return makePlan(assessment, inventory, chosen, workspace.settings, {
        resources,
        now: assessment.madeAt,
        madeOn: Date.now(),
      })
    },
    apply: (plan: Plan) => apply(workspace, connection, plan, { stage: false, resume: false }, attendance),
    verify: (plan: Plan) => verify(workspace, connection, plan),
    undo: (plan: Plan) => undo(workspace, connection, plan, attendance),
    stop: async () => {
      await lab.stop()
      await rm(folder, { recursive: true })
    },
  }
}
