// Workgroups write down every query, and their namespaces export it.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept, logExportsOf, logsChange, parameterChange, parameterIn } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

const parameter = 'enable_user_activity_logging'

export default definePractice({
  id: 'workgroup-user-activity-logging',
  title: 'Workgroups write down every query, and their namespaces export it',
  severity: 'medium',
  resource: 'redshift-serverless:workgroup',
  needs: ['namespace'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-audit-logging.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConfigParameter.html',
  ],
  why: 'What was queried, and by whom, is in the user activity log alone. It takes two switches on two resources: the parameter of the workgroup writes it, the log export of the namespace delivers it.',
  whenNotTo:
    'Where statements hold secrets in plain text that may not lie in a log group: mend the statements first, since system tables keep them as well.',
  guide: {
    check: {
      cli: [
        `aws redshift-serverless get-workgroup --workgroup-name WORKGROUP --query "workgroup.configParameters[?parameterKey=='${parameter}']"`,
        'aws redshift-serverless get-namespace --namespace-name NAMESPACE --query "namespace.logExports"',
      ],
      console: [
        `Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Configuration parameters: ${parameter} must be true. (No guide of AWS shows where.)`,
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption: User activity log must be exported.',
      ],
    },
    change: {
      cli: [
        `aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --config-parameters parameterKey=${parameter},parameterValue=true`,
        'aws redshift-serverless update-namespace --namespace-name NAMESPACE --log-exports connectionlog useractivitylog userlog',
      ],
      console: [
        `Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Configuration parameters: Edit, ${parameter} true, Save. (No guide of AWS shows where.)`,
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption: Edit, export all three logs, Save.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-audit-logging.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check(subject) {
    const value = parameterIn(subject.facts, parameter)?.toLowerCase()
    if (value !== 'true' && value !== 'false')
      return unknown('untold', `does not tell whether ${parameter} is set (it says ${value ?? 'nothing'})`)
    const configured = said(value, 'facts')
    // One switch that is off is enough: the other one is not asked for.
    if (value === 'false') {
      return fail('off', `does not write down what is queried (${parameter} is false)`, {
        configured,
        inForce: said('false', 'facts'),
      })
    }
    const { namespace } = subject
    if (!namespace) return unknown('no-namespace', 'belongs to a namespace that was not found')
    const isExported = logExportsOf(namespace).includes('useractivitylog')
    const states = { configured, inForce: said(String(isExported), 'namespace') }
    return isExported
      ? pass('on', 'writes down what is queried, and its namespace exports it', states)
      : fail('not-exported', 'writes down what is queried, but its namespace does not export it', states)
  },

  remediation: {
    summary: 'Switch the parameter of the workgroup on, and all three log exports of its namespace.',
    impact: 'reboot',
    steps(subject) {
      const { facts, namespace } = subject
      const isOff = parameterIn(facts, parameter)?.toLowerCase() === 'false'
      const isExported = namespace && logExportsOf(namespace).includes('useractivitylog')
      return [
        ...(isOff ? [parameterChange(subject, parameter, 'true')] : []),
        ...(namespace && !isExported ? [logsChange(namespace)] : []),
      ]
    },
  },

  examples: {
    pass: { 'both switches are on': workgroup({ reason: 'on' }) },
    fail: {
      'the parameter is off': workgroup({ reason: 'off', parameters: { [parameter]: 'false' } }),
      'the namespace does not export it': workgroup({
        reason: 'not-exported',
        namespace: { logExports: ['connectionlog', 'userlog'] },
      }),
      'both switches are off': workgroup({
        reason: 'off',
        parameters: { [parameter]: 'false' },
        namespace: { logExports: [] },
      }),
    },
  },
})
