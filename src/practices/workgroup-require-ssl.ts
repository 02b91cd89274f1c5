// Workgroups accept encrypted connections only.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept, parameterChange, parameterIn } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

export default definePractice({
  id: 'workgroup-require-ssl',
  title: 'Workgroups accept encrypted connections only',
  severity: 'high',
  resource: 'redshift-serverless:workgroup',
  needs: [],
  controls: ['security-hub/RedshiftServerless.2'],
  references: [
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConfigParameter.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html',
  ],
  why: 'Without require_ssl the workgroup also takes connections in plain text. New workgroups are made with it since January 2025, but an update may still switch it off, and nothing tells.',
  whenNotTo:
    'While a client still connects with sslmode=disable: it would be locked out. Find such clients first, in the connection log.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless get-workgroup --workgroup-name WORKGROUP --query "workgroup.configParameters[?parameterKey==\'require_ssl\']"',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Configuration parameters: require_ssl must be true. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --config-parameters parameterKey=require_ssl,parameterValue=true',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Configuration parameters: Edit, require_ssl true, Save. (No guide of AWS shows where.)',
        'AWS restarts the workgroup for it.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts }) {
    const value = parameterIn(facts, 'require_ssl')?.toLowerCase()
    if (value !== 'true' && value !== 'false')
      return unknown('untold', `does not tell whether require_ssl is set (it says ${value ?? 'nothing'})`)
    const states = { configured: said(value, 'facts'), inForce: said(value, 'facts') }
    return value === 'true'
      ? pass('in-force', 'requires TLS', states)
      : fail('off', 'accepts connections without TLS (require_ssl is false)', states)
  },

  remediation: {
    summary: 'Set require_ssl. Clients that connect without TLS are refused from then on.',
    impact: 'reboot',
    steps: (subject) => [parameterChange(subject, 'require_ssl', 'true')],
  },

  examples: {
    pass: { 'require_ssl is true': workgroup({ reason: 'in-force' }) },
    fail: {
      'require_ssl is false': workgroup({ reason: 'off', parameters: { require_ssl: 'false' } }),
    },
  },
})
