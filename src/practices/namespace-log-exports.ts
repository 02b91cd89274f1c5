// Namespaces export all three audit logs.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { everyLog, isKept, logExportsOf, logsChange } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-audit-logging.html'

export default definePractice({
  id: 'namespace-log-exports',
  title: 'Namespaces export all three audit logs',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
  needs: [],
  controls: ['security-hub/RedshiftServerless.6'],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateNamespace.html',
  ],
  why: 'Who connected, who was let in to what, and what was queried are three logs; an intrusion is only told by all of them. None is exported unless somebody asks for it.',
  whenNotTo: 'A scratch namespace that holds no data of value, since CloudWatch Logs bills what is taken in.',
  guide: {
    check: {
      cli: ['aws redshift-serverless list-namespaces --query "namespaces[].[namespaceName,logExports]"'],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption: Audit logging.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-namespace --namespace-name NAMESPACE --log-exports connectionlog useractivitylog userlog',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption › Edit › Audit logging: choose all three logs, Save changes.',
        'The log groups /aws/redshift/NAMESPACE/… keep everything for ever unless a retention is set there.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-audit-logging.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts }) {
    const logs = logExportsOf(facts)
    const states = { configured: said(logs, 'facts'), inForce: said(logs, 'facts') }
    const missing = everyLog.filter((log) => !logs.includes(log))
    if (missing.length === 0) return pass('complete', 'exports all three audit logs', states)
    if (logs.length === 0) return fail('off', 'exports no audit log', states)
    return fail('incomplete', `exports ${logs.join(', ')}, but not ${missing.join(', ')}`, states)
  },

  remediation: {
    summary: 'Export the connection log, the user activity log and the user log to CloudWatch Logs.',
    impact: 'none',
    steps: ({ facts }) => [logsChange(facts)],
  },

  examples: {
    pass: { 'all three': namespace({ reason: 'complete' }) },
    fail: {
      'no log': namespace({ reason: 'off', facts: { logExports: [] } }),
      'two of three': namespace({
        reason: 'incomplete',
        facts: { logExports: ['userlog', 'connectionlog'] },
      }),
    },
  },
})
