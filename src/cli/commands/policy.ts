// `redoubt policy`: the least IAM policy for a verb, as JSON.

import { Problem } from '#model/problem.ts'
import { defineCommand } from '../command.ts'
import { connectionOf, workspaceOf } from '../connection.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space is not counted. */
const longest = 6_144

export default defineCommand({
  name: 'policy',
  summary: 'Print the least IAM policy that a verb needs',
  description:
    'Prints an IAM policy as JSON, made from the calls in the code. scan is all that is read, and the roles of redoubt.yaml to assume; plan calls nothing and needs the same; apply is for apply, verify and undo: what the fixes and the actions of "redoubt do" call, and what is read to prove them. hunt is reading the audit logs, and it is in scan as well where readLogs of redoubt.yaml has a scan read them; of what lies in buckets it allows the logs of user activity alone. With --practice and --action it is only what these need. Grants of KMS keys are allowed to AWS services alone.',
  arguments: {},
  options: {
    for: {
      value: 'verb',
      choices: ['scan', 'plan', 'apply', 'hunt'],
      about: 'What it is to allow.',
    },
    practice: { value: 'id', many: true, about: 'Only what this practice needs; may be repeated.' },
    action: {
      value: 'action',
      many: true,
      about: 'Only what this action of "redoubt do" needs, such as snapshot-create; may be repeated.',
    },
    partition: {
      value: 'partition',
      choices: ['aws', 'aws-us-gov', 'aws-cn'],
      about: 'The partition of the ARNs in it; without it the caller is asked for, where there are any.',
    },
  },
  examples: {
    'redoubt policy --for scan > scan.json': 'Everything that a scan reads.',
    'redoubt policy --for apply --practice cluster-require-ssl --partition aws':
      'What it takes to fix one thing, without asking AWS who you are.',
    'redoubt policy --for apply --action snapshot-create --partition aws':
      'What it takes to have one wish fulfilled, and taken back.',
  },
  async run({ options, global, terminal }) {
    const verb = options.for
    if (!verb)
      throw new Problem('usage', 'policy needs to know what for.', 'Write --for scan, plan, apply or hunt.')
    const { practice, action } = options
    if (verb === 'hunt' && practice.length + action.length > 0) {
      const what = 'policy --for hunt takes neither --practice nor --action: it is reading the logs.'
      throw new Problem('usage', what, 'Leave them out.')
    }
    const [app, { choosePractices }, { actionCalled }, { openWorkspace }] = await Promise.all([
      import('#app/policy.ts'),
      import('#app/practices.ts'),
      import('#app/wishes.ts'),
      import('#app/workspace.ts'),
    ])
    const { settings } = await openWorkspace({ ...workspaceOf(global), mustWrite: false })
    const practices = practice.length > 0 ? choosePractices(settings, practice) : undefined
    const actions = action.length > 0 ? action.map(actionCalled) : undefined
    const readsLogs = settings.readLogs !== undefined
    const hasArns = (verb === 'apply' || verb === 'hunt' || readsLogs) && !options.partition
    const partition = hasArns
      ? await app.callerPartition(connectionOf(global, terminal))
      : (options.partition ?? 'aws')
    const { accounts } = settings
    const enabled = choosePractices(settings)
    const policy = app.leastPolicy(verb, { practices, actions, enabled, partition, accounts, readsLogs })
    terminal.print(JSON.stringify(policy, null, 2))
    if (verb === 'plan') terminal.tell('plan calls nothing: this is what the scan before it needs.')
    const size = JSON.stringify(policy).length
    if (size > longest) {
      terminal.tell(
        `! It has ${size} characters, and a managed policy at most ${longest}: make one for each --practice and --action.`,
      )
    }
    return []
  },
})
