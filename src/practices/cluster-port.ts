// Clusters listen on a port of their own.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-port',
  title: 'Clusters listen on another port than the default',
  severity: 'informational',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster.html',
  ],
  why: 'Whoever looks for warehouses tries 5439 first. Another port stops nobody who looks closer, and spares the logs of those who do not.',
  whenNotTo: 'Where clients are many and cannot be told: a private cluster gains little by it.',
  guide: {
    check: {
      cli: ['aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].Endpoint.Port"'],
      console: ['Amazon Redshift › Clusters › CLUSTER › General information: Endpoint.'],
    },
    change: {
      cli: ['aws redshift modify-cluster --cluster-identifier CLUSTER --port 5440'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations › Edit: the port, Save changes.',
        'Every client must be told the new port first: a person decides.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/convert-saz-to-maz.html',
    readOn: '2026-11-27',
  },

  settings: {
    port: { default: 5439, about: 'The port that clusters should not listen on.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts }, { settings }) {
    const port = facts.Endpoint?.Port
    if (port === undefined) return unknown('untold', 'does not tell on which port it listens')
    const states = { configured: said(port, 'facts'), inForce: said(port, 'facts') }
    return port === settings.port
      ? fail('default', `listens on port ${port}, which clusters should not`, states)
      : pass('own', `listens on port ${port}`, states)
  },

  examples: {
    pass: { 'on a port of its own': cluster({ reason: 'own', facts: { Endpoint: { Port: 5440 } } }) },
    fail: { 'on the default port': cluster({ reason: 'default', facts: { Endpoint: { Port: 5439 } } }) },
  },
})
