// `redoubt do`: a plan from a wish.

import { harmless } from '#kit/text.ts'
import { defineCommand, formatOption } from '../command.ts'
import { workspaceOf } from '../connection.ts'

export default defineCommand({
  name: 'do',
  summary: 'Make a plan from a wish, such as a snapshot, a share or a key',
  description:
    'Makes the same kind of plan as "redoubt plan", from a wish instead of findings; it calls nothing, and apply, verify and undo work on it. The actions: snapshot create, snapshot copy, snapshot retain, snapshot share, snapshot unshare, copy disable, logging enable, keys rotate, key create, key disable, key enable, cluster encrypt. A namespace may stand for a cluster in snapshot create, copy disable and logging enable, and a serverless snapshot for a snapshot in retain, share and unshare. Names are those of the newest scan; where several things have one, write the ARN. Nothing is kept without an end: create and copy need a retention. A share outside trustedAccounts is refused unless forced, and the plan says what the key makes of it. A plan to disable a key lists what becomes unreadable.',
  arguments: {
    thing: { about: 'snapshot, copy, logging, keys, key or cluster.' },
    verb: { about: 'What to do with it: create, copy, retain, share, disable …' },
  },
  options: {
    cluster: { value: 'name', about: 'The cluster.' },
    namespace: { value: 'name', about: 'The namespace, of Redshift Serverless.' },
    snapshot: { value: 'name', many: true, about: 'The snapshot; may be repeated.' },
    name: { value: 'name', about: 'What the new snapshot is called.' },
    retention: {
      value: 'days',
      about: 'How long the snapshot is kept; "forever" only for snapshots that are there.',
    },
    account: { value: 'account', about: 'The account to share with, or to take the share from.' },
    key: { value: 'arn', about: 'The key, by its ARN or id.' },
    alias: { value: 'name', about: 'What the new key is called.' },
    at: { value: 'region', about: 'Where the new key is made.' },
    bucket: { value: 'name', about: 'The bucket that the audit log goes to.' },
    prefix: { value: 'prefix', about: 'What its keys begin with there.' },
    cloudwatch: { about: 'Send the audit log to CloudWatch Logs.' },
    force: { about: 'Share outside trustedAccounts.' },
    out: { value: 'file', about: 'Write the plan to this file too.' },
    output: formatOption,
  },
  examples: {
    'redoubt do snapshot create --cluster sales --name before-migration --retention 30':
      'Plan a snapshot that is kept for 30 days.',
    'redoubt do snapshot share --snapshot before-migration --account 444455556666':
      'Plan a share with a trusted account.',
    'redoubt do key create --alias warehouse --at eu-west-1': 'Plan a key with an alias and rotation.',
  },
  async run({ arguments: words, options, global, terminal }) {
    const [{ planWish }, { openWorkspace }, { viewPlan }] = await Promise.all([
      import('#app/do.ts'),
      import('#app/workspace.ts'),
      import('../view/plan.ts'),
    ])
    const { out, output, ...wish } = options
    const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
    const { plan, file } = await planWish(
      await openWorkspace(workspaceOf(global)),
      `${words.thing} ${words.verb}`,
      given,
      out,
    )
    if (output === 'json') terminal.print(JSON.stringify(plan, null, 2))
    else {
      const basis = { unknown: 0, missing: [], interrupted: false }
      const sight = { plan, basis, practices: [], resources: [], name: out ?? plan.id }
      terminal.print(viewPlan(sight, terminal))
    }
    terminal.tell(harmless(`Kept as ${file}`))
    return []
  },
})
