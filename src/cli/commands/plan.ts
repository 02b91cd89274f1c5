// `redoubt plan`: from the failing findings of the newest scan to a document that a person can read and approve.

import { harmless } from '#kit/text.ts'
import { impacts } from '#model/plan.ts'
import { defineCommand, formatOption } from '../command.ts'
import { lineAsScanned } from '../command-line.ts'
import { workspaceOf } from '../connection.ts'

export default defineCommand({
  name: 'plan',
  summary: 'Make a plan that closes the failing findings of the newest scan',
  description:
    'Writes down which AWS calls would close the failing findings of the newest assessment: what each changes from what to what, the same as an AWS CLI line and as console steps, its impact, the permission it takes and how it is undone. It calls nothing. The plan is kept in the workspace and can be handed to somebody else; apply refuses it when it was edited or when the world has moved.',
  arguments: {},
  options: {
    practice: { value: 'id', many: true, about: 'Plan for this practice only; may be repeated.' },
    resource: {
      value: 'resource',
      many: true,
      about:
        'Plan for this resource only, by its ARN, the end of it, or its name; may be repeated. Some fixes are only planned when named so.',
    },
    maxImpact: { value: 'impact', choices: impacts, about: 'Leave out every fix that does worse than this.' },
    splitGroups: {
      about: 'Give a cluster a parameter group of its own instead of changing one that others share.',
    },
    out: { value: 'file', about: 'Write the plan to this file too.' },
    output: formatOption,
    detailedExitcode: { about: 'Exit with 2 when there is something to change.' },
  },
  examples: {
    'redoubt plan': 'Plan everything that a call can fix.',
    'redoubt plan --practice cluster-require-ssl --max-impact none':
      'Plan what can be done without a reboot.',
    'redoubt plan --out plan.json --detailed-exitcode': 'Write a plan for somebody to approve.',
  },
  async run({ options, global, terminal }) {
    const [{ makePlan }, { openWorkspace }, { viewPlan }, { planWarnings }] = await Promise.all([
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
      import('../view/plan.ts'),
      import('../view/plan-basis.ts'),
    ])
    const { practice, resource, maxImpact, splitGroups, out } = options
    const { plan, file, basis, resources, scanAgain } = await makePlan(
      await openWorkspace(workspaceOf(global)),
      {
        practices: practice,
        ...(resource.length > 0 ? { resources: resource } : {}),
        ...(maxImpact ? { maxImpact } : {}),
        ...(splitGroups ? { splitGroups } : {}),
        ...(out ? { out } : {}),
      },
    )
    const look = { ...terminal, line: lineAsScanned(terminal.env, global, scanAgain) }
    if (options.output === 'json') {
      for (const { text, type } of planWarnings(basis, look)) terminal.tell(harmless(`${text} ${type}`))
      terminal.print(JSON.stringify(plan, null, 2))
    } else {
      const sight = { plan, basis, practices: practice, resources, name: out ?? plan.id }
      terminal.print(viewPlan(sight, look))
    }
    if (out || plan.steps.length + plan.leftOut.length > 0) terminal.tell(harmless(`Kept as ${file}`))
    return options.detailedExitcode && plan.steps.length > 0 ? ['changes'] : []
  },
})
