// Parameters of one workgroup that several fixes set, set in one call: AWS restarts the workgroup for each call that sets
// any, and takes several in one. https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html

import { type Call, call } from '#model/action.ts'
import type { Step } from '#model/plan.ts'

type Update = Extract<Call, { action: 'redshift-serverless:UpdateWorkgroup' }>
type Setting = { step: Step; update: Update; back: Update }

/** The steps with those that set parameters of one workgroup made one. Whatever needs one of them needs the one. */
export function withOneRestart(steps: readonly Step[]): Step[] {
  const first = new Map<string, Setting>()
  const into = new Map<string, string>()
  for (const step of steps) {
    const setting = settingOf(step)
    if (!setting) continue
    const workgroup = [step.account, step.region, setting.update.input.workgroupName].join(' ')
    const earlier = first.get(workgroup)
    first.set(workgroup, earlier ? joined(earlier, setting) : setting)
    if (earlier) into.set(step.id, earlier.step.id)
  }
  const made = new Map([...first.values()].map(({ step }) => [step.id, step]))
  return steps
    .filter(({ id }) => !into.has(id))
    .map((step) => made.get(step.id) ?? step)
    .map((step) => ({ ...step, after: [...new Set(step.after.map((id) => into.get(id) ?? id))] }))
}

/** What a step sets on a workgroup and how it is taken back, if that is all it does and it needs nothing first. */
function settingOf(step: Step): Setting | undefined {
  const { call: update, undo, after } = step
  if (after.length > 0 || !isSetting(update) || !('call' in undo) || !isSetting(undo.call)) return undefined
  return { step, update, back: undo.call }
}

const isSetting = (one: Call): one is Update =>
  one.action === 'redshift-serverless:UpdateWorkgroup' && one.input.configParameters !== undefined

function joined(one: Setting, other: Setting): Setting {
  const update = together(one.update, other.update)
  const back = together(one.back, other.back)
  const [a, b] = [one.step, other.step]
  const step: Step = {
    ...a,
    title: `${a.title}; ${b.title}`,
    call: update,
    console: `${a.console}; ${b.console}`,
    effects: [...a.effects, ...b.effects],
    notes: [...new Set([...a.notes, ...b.notes])],
    assumes: [...a.assumes, ...b.assumes],
    closes: [...a.closes, ...b.closes],
    undo: { ...a.undo, call: back, console: `${consoleOf(a)}; ${consoleOf(b)}` },
  }
  return { step, update, back }
}

const together = ({ input }: Update, other: Update): Update =>
  call('redshift-serverless:UpdateWorkgroup', {
    ...input,
    configParameters: [...(input.configParameters ?? []), ...(other.input.configParameters ?? [])],
  }) as Update

const consoleOf = ({ undo }: Step) => ('console' in undo ? undo.console : '')
