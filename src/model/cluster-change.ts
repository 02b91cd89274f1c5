// A change of one setting of a cluster that ModifyCluster makes at once.

import { call, type Input } from './action.ts'
import type { Json } from './plain.ts'
import type { Assumption, Impact } from './plan.ts'
import type { ChangeDraft, Known } from './practice.ts'

type Change = {
  title: string
  /** The one member that is set, and its former value; they are facts of the same name. */
  to: Partial<Input<'redshift:ModifyCluster'>>
  back: Partial<Input<'redshift:ModifyCluster'>>
  /** Where it stands on the cluster's page, and what to choose there and back. */
  console: { place: string; to: string; back: string }
  notes?: string[]
  /** There and back alike; none where it is not said. */
  impact?: Impact
  assumes?: Assumption[]
}

/** Sets one member of a cluster, with the way back. */
export function setOnCluster(
  { name, arn, facts }: Pick<Known<'redshift:cluster', never>, 'name' | 'arn' | 'facts'>,
  { title, to, back, console, notes = [], impact = 'none', assumes = [] }: Change,
): ChangeDraft {
  const modify = (members: Change['to']) =>
    call('redshift:ModifyCluster', { ClusterIdentifier: name, ...members } as never)
  const place = `Amazon Redshift › Clusters › ${name} › ${console.place}`
  return {
    title,
    call: modify(to),
    effects: Object.entries(to).map(([fact, after]) => ({
      resource: arn,
      fact,
      before: ((facts as Record<string, unknown>)[fact] ?? null) as Json,
      after: after as Json,
    })),
    console: `${place}: ${console.to}`,
    impact,
    notes,
    assumes,
    undo: {
      call: modify(back),
      console: `${place}: ${console.back}`,
      ...(impact === 'none' ? {} : { impact }),
    },
  }
}

/** Takes the address of a cluster off the internet. */
export function takenOffTheInternet(subject: Parameters<typeof setOnCluster>[0]): ChangeDraft {
  return setOnCluster(subject, {
    title: `Take ${subject.name} off the internet`,
    to: { PubliclyAccessible: false },
    back: { PubliclyAccessible: true },
    console: { place: 'Actions › Modify publicly accessible setting', to: 'off', back: 'on' },
    notes: ['whoever connects from outside the VPC loses the way'],
  })
}
