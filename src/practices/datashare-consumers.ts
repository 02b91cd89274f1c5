// Datashares are open to trusted accounts only.

import { call } from '#model/action.ts'
import { consumerAccount, consumersOf, spokenConsumer } from '#model/datashare.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import type { Policy } from '#model/settings.ts'
import { datashare } from './examples/around.ts'

type Subject = Known<'redshift:datashare', never>

export default definePractice({
  id: 'datashare-consumers',
  title: 'Datashares are open to trusted accounts only',
  severity: 'high',
  resource: 'redshift:datashare',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/dg/datashare-overview.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeauthorizeDataShare.html',
  ],
  why: 'A datashare hands out live tables: what is written after today is read by the consumer as well, with no snapshot and no copy that anybody could find.',
  whenNotTo:
    'Accounts that are meant to read: list them under trustedAccounts in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-data-shares --query "DataShares[].[DataShareArn,DataShareAssociations[].[ConsumerIdentifier,Status]]"',
      ],
      console: ['Amazon Redshift › Datashares › In my account › DATASHARE: Data consumers.'],
    },
    change: {
      cli: ['aws redshift deauthorize-data-share --data-share-arn DATASHARE --consumer-identifier ACCOUNT'],
      console: [
        'Amazon Redshift › Datashares › In my account › DATASHARE: choose the consumers, Remove authorization.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/dg/writes-removing-authorization.html',
    readOn: '2026-11-27',
  },

  // Only the producer may open and close it.
  concerns: ({ ProducerArn = '' }, { account }) => ProducerArn.includes(`:${account}:`),

  check({ facts, account }, { policy }) {
    const consumers = consumersOf(facts)
    const strangers = strangersAmong(consumers, account, policy)
    const states = { configured: said(consumers, 'facts'), inForce: said(consumers, 'facts') }
    if (consumers.length === 0) return pass('private', 'is open to nobody', states)
    return strangers.length === 0
      ? pass('trusted-only', `is open to trusted accounts only: ${consumers.join(', ')}`, states)
      : fail('shared', `can be read by ${strangers.map(spokenConsumer).join(', ')}`, states)
  },

  remediation: {
    summary: 'Take the authorization from every consumer whose account is not trusted.',
    impact: 'none',
    steps(subject, { policy }) {
      const before = consumersOf(subject.facts)
      return strangersAmong(before, subject.account, policy).map((stranger, at, all) =>
        close(
          subject,
          stranger,
          before.filter((one) => !all.slice(0, at).includes(one)),
        ),
      )
    },
  },

  examples: {
    pass: {
      'with nobody': datashare({ reason: 'private' }),
      'with a trusted account': datashare({
        reason: 'trusted-only',
        facts: { DataShareAssociations: [{ ConsumerIdentifier: '444455556666', Status: 'ACTIVE' }] },
        policy: { trustedAccounts: ['444455556666'] },
      }),
      'asked for, and not authorized': datashare({
        reason: 'private',
        facts: {
          DataShareAssociations: [{ ConsumerIdentifier: '999988887777', Status: 'PENDING_AUTHORIZATION' }],
        },
      }),
    },
    fail: {
      'with an account that nobody trusts': datashare({
        reason: 'shared',
        facts: { DataShareAssociations: [{ ConsumerIdentifier: '999988887777', Status: 'AUTHORIZED' }] },
      }),
      'with the Data Catalog of an account that nobody trusts': datashare({
        reason: 'shared',
        facts: {
          DataShareAssociations: [{ ConsumerIdentifier: 'DataCatalog/999988887777', Status: 'AUTHORIZED' }],
        },
      }),
    },
  },
})

function strangersAmong(
  consumers: readonly string[],
  account: string,
  { trustedAccounts }: Policy,
): string[] {
  return consumers.filter((one) => ![account, ...trustedAccounts].includes(consumerAccount(one)))
}

function close({ arn, name, facts }: Subject, ConsumerIdentifier: string, before: string[]): Draft {
  const input = { DataShareArn: arn, ConsumerIdentifier }
  const writes = facts.DataShareAssociations?.some(
    (one) => one.ConsumerIdentifier === ConsumerIdentifier && one.ProducerAllowedWrites,
  )
  const place = `Amazon Redshift › Datashares › In my account › ${name} › Data consumers › ${ConsumerIdentifier}`
  const after = before.filter((one) => one !== ConsumerIdentifier)
  return {
    title: `Stop sharing ${name} with ${ConsumerIdentifier}`,
    call: call('redshift:DeauthorizeDataShare', input),
    effects: [{ resource: arn, fact: 'consumers', before, after }],
    console: `${place}: Remove authorization`,
    impact: 'none',
    undo: {
      call: call('redshift:AuthorizeDataShare', { ...input, ...(writes && { AllowWrites: true }) }),
      console: `${place}: Authorize`,
      warning: 'the consumer has to associate the datashare again',
    },
  }
}
