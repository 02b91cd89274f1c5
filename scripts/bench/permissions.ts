// What the lab's permissions cost a call: three policies of ten statements each, of which the last allows it.

import { evaluate } from '../../src/lab/iam/evaluate.ts'
import { parsePolicy } from '../../src/lab/iam/parse.ts'
import { leastOf, round } from './process.ts'
import { account } from './world.ts'

const conditions = {
  'aws:SecureTransport': 'true',
  'aws:PrincipalOrgID': 'o-a1',
  'aws:SourceIp': '10.0.0.1',
}
const Condition = {
  StringEquals: { 'aws:PrincipalOrgID': 'o-a1' },
  Bool: { 'aws:SecureTransport': 'true' },
}
const identity = [0, 1, 2].map((policy) => ({
  name: `p${policy}`,
  document: parsePolicy(
    {
      Version: '2012-10-17',
      Statement: Array.from({ length: 10 }, (_, at) => ({
        Effect: 'Allow',
        Action: ['redshift:Describe*', `kms:List${at}`],
        Resource: at === 9 && policy === 2 ? '*' : `arn:aws:redshift:*:${account}:cluster:c${policy}${at}-*`,
        Condition,
      })),
    },
    'identity',
  ),
}))

/** Processor time of an evaluation over that of reading the policies from JSON, the least of eight rounds of each, in turns. */
export function permissions() {
  const asked = {
    caller: { kind: 'user', account, arn: `arn:aws:iam::${account}:user/bench` } as const,
    action: 'redshift:DescribeClusters',
    resource: `arn:aws:redshift:eu-west-1:${account}:cluster:*`,
    resourceAccount: account,
    conditions,
  }
  const calls = 2_000
  const texts = identity.map(({ document }) => JSON.stringify(document))
  const often = (work: () => void) => () => {
    for (let call = 0; call < calls; call++) work()
  }
  const { evaluating, parsing } = leastOf(8, {
    evaluating: often(() => evaluate({ identity }, asked)),
    parsing: often(() => texts.map((text) => JSON.parse(text))),
  })
  return {
    microseconds: round(evaluating / calls),
    toParsing: round(evaluating / parsing),
    aim: '≤ 10 µs',
  }
}
