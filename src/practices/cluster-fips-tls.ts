// Clusters take TLS by FIPS-validated ciphers only.

import { booleanState, standingOf, unapplied } from '#model/parameter.ts'
import { type Switch, switchAllOn, requireTls as tls } from '#model/parameter-change.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html'

const fips: Switch = { parameter: 'use_fips_ssl', words: 'Require FIPS-validated TLS' }

export default definePractice({
  id: 'cluster-fips-tls',
  title: 'Clusters take FIPS-validated TLS only',
  severity: 'informational',
  enabledByDefault: false,
  resource: 'redshift:cluster',
  needs: ['parameters', 'parameterGroups'],
  controls: [],
  references: [page, 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html'],
  why: 'Some contracts and laws want connections encrypted by validated modules only. use_fips_ssl does that, and only where require_ssl is set as well; both wait for a reboot.',
  whenNotTo:
    'Where nothing asks for FIPS 140: older drivers cannot connect any more, and TLS is as strong without it.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ClusterParameterGroups[]"',
        "aws redshift describe-cluster-parameters --parameter-group-name GROUP --query \"Parameters[?ParameterName=='use_fips_ssl' || ParameterName=='require_ssl']\"",
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: note the parameter group and whether it says pending-reboot.',
        'Amazon Redshift › Configurations › Workload management › GROUP › Parameters: use_fips_ssl and require_ssl must be true.',
      ],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-parameter-group --parameter-group-name GROUP --parameters ParameterName=require_ssl,ParameterValue=true ParameterName=use_fips_ssl,ParameterValue=true',
        'aws redshift reboot-cluster --cluster-identifier CLUSTER',
      ],
      console: [
        'Amazon Redshift › Configurations › Workload management › GROUP › Parameters › Edit parameters: set require_ssl and use_fips_ssl to true, Save. A default group cannot be edited: create one of the same family and attach it to the cluster.',
        'Amazon Redshift › Clusters › CLUSTER › Actions › Reboot cluster. Maintenance does not apply it.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts, parameters }) {
    const wanted = booleanState(fips.parameter, facts, parameters)
    const required = booleanState(tls.parameter, facts, parameters)
    if (!wanted || !required)
      return unknown('no-parameter', 'has no parameter group that names use_fips_ssl and require_ssl')
    const states = {
      configured: said(wanted.configured, 'parameters'),
      inForce: said(wanted.inForce, 'facts'),
    }
    const [own, other] = [standingOf(wanted), standingOf(required)]
    const isOpen = (standing: string) => !['in-force', 'untold'].includes(standing)
    if (isOpen(own)) return fail(own, withoutFips[own] ?? unapplied(fips.parameter, own), states)
    // FIPS is wanted of those who choose TLS; nothing else of it matters where nobody must.
    if (other === 'off') return fail('not-required', withoutTls.off, states)
    if (isOpen(other)) return fail(other, withoutTls[other] ?? unapplied(tls.parameter, other), states)
    if (own === 'untold' || other === 'untold')
      return unknown(
        'untold',
        'does not tell whether use_fips_ssl and require_ssl are set and applied',
        states,
      )
    return pass('on', `takes FIPS-validated TLS only (group ${wanted.group})`, states)
  },

  remediation: {
    summary:
      'Set use_fips_ssl, and require_ssl, without which it does nothing, in a new group if the cluster has a default one, and reboot.',
    impact: 'reboot',
    steps: (subject) => switchAllOn(subject, [tls, fips]),
  },

  examples: {
    pass: { 'both are set': cluster({ reason: 'on', parameters: { use_fips_ssl: 'true' } }) },
    fail: {
      'use_fips_ssl is false': cluster({ reason: 'off', parameters: { use_fips_ssl: 'false' } }),
      'neither is set, in a group of its own': cluster({
        reason: 'off',
        parameters: { use_fips_ssl: 'false', require_ssl: 'false' },
      }),
      'a default group that cannot be changed': cluster({
        reason: 'off',
        group: 'default.redshift-1.0',
        parameters: { use_fips_ssl: 'false', require_ssl: 'false' },
      }),
      'set to true, waiting for a reboot': cluster({
        reason: 'pending-reboot',
        parameters: { use_fips_ssl: 'true' },
        applied: { use_fips_ssl: 'pending-reboot', require_ssl: 'in-sync' },
      }),
      'set to false, waiting for a reboot': cluster({
        reason: 'opens-at-reboot',
        parameters: { use_fips_ssl: 'false' },
        applied: { use_fips_ssl: 'pending-reboot', require_ssl: 'in-sync' },
      }),
      'TLS is not required': cluster({
        reason: 'not-required',
        parameters: { use_fips_ssl: 'true', require_ssl: 'false' },
      }),
    },
  },
})

const withoutFips: Record<string, string> = {
  off: 'takes TLS of any kind (use_fips_ssl is false)',
  'pending-reboot': 'is set to take FIPS-validated TLS only, but not before its next reboot',
  'opens-at-reboot': 'will take TLS of any kind after its next reboot',
}

const withoutTls = {
  off: 'wants FIPS of those who choose TLS, and requires TLS of nobody',
  'pending-reboot': 'wants FIPS of those who choose TLS, and requires TLS not before its next reboot',
  'opens-at-reboot': 'will require TLS, and FIPS with it, of nobody after its next reboot',
} as Record<string, string> & { off: string }
