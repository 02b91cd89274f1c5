// Workgroups listen on another port than the one that everybody tries.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept, portOf, workgroupChange } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

export default definePractice({
  id: 'workgroup-port',
  title: 'Workgroups do not listen on the default port',
  severity: 'informational',
  resource: 'redshift-serverless:workgroup',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateWorkgroup.html',
  ],
  why: 'Whoever looks for warehouses tries 5439 first. Another port keeps nobody out who looks longer, but it keeps the noise of such tries out of the logs.',
  whenNotTo:
    'Where many clients would have to be told: it is the least of all practices, and a private endpoint is worth more.',
  guide: {
    check: {
      cli: ['aws redshift-serverless list-workgroups --query "workgroups[].[workgroupName,port]"'],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › General information: the port at the end of the JDBC URL.',
      ],
    },
    change: {
      cli: ['aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --port 5440'],
      console: [
        'The console does not change it: AWS names UpdateWorkgroup and the AWS CLI as the only ways. The port is 5431 to 5455 or 8191 to 8215.',
        'Tell every client, and open the new port in the security group first.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
    readOn: '2026-11-27',
  },
  settings: {
    port: {
      default: 5440,
      least: 5431,
      most: 8215,
      about: 'The port that a workgroup on 5439 is moved to: 5431 to 5455, or 8191 to 8215.',
    },
  },

  concerns: isKept,

  check({ facts }) {
    const port = portOf(facts)
    if (port === undefined) return unknown('untold', 'does not tell on which port it listens')
    const states = { configured: said(port, 'facts'), inForce: said(port, 'facts') }
    return port === 5439
      ? fail('default-port', 'listens on the default port 5439', states)
      : pass('own-port', `listens on port ${port}`, states)
  },

  remediation: {
    summary: 'Move it to another port, when every client has been told.',
    impact: 'none',
    hold: () => 'every client must be told the new port: name it with --resource',
    steps: (subject, { settings: { port } }) => [
      workgroupChange(
        subject,
        {
          title: `Let workgroup ${subject.name} listen on port ${port}`,
          change: { port },
          back: { port: 5439 },
        },
        { fact: 'port', before: 5439, after: port },
        {
          place: 'Data access › Network and security',
          console: 'the port is changed by the AWS CLI only',
          consoleBack: 'the port is changed by the AWS CLI only',
          notes: [`clients that connect to 5439 no longer can; the security group must let in port ${port}`],
        },
      ),
    ],
  },

  examples: {
    pass: { 'another port': workgroup({ reason: 'own-port' }) },
    fail: { 'the default port': workgroup({ reason: 'default-port', facts: { port: 5439 } }) },
  },
})
