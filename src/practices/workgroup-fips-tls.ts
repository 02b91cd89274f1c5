// Workgroups take TLS by FIPS-validated ciphers only.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept, parameterChange, parameterIn } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html'

export default definePractice({
  id: 'workgroup-fips-tls',
  title: 'Workgroups take FIPS-validated TLS only',
  severity: 'informational',
  enabledByDefault: false,
  resource: 'redshift-serverless:workgroup',
  needs: [],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConfigParameter.html',
  ],
  why: 'Some contracts and laws want connections encrypted by validated modules only. use_fips_ssl does that, and only where require_ssl is set as well.',
  whenNotTo:
    'Where nothing asks for FIPS 140: older drivers cannot connect any more, and TLS is as strong without it.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless get-workgroup --workgroup-name WORKGROUP --query "workgroup.configParameters[?parameterKey==\'use_fips_ssl\']"',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Configuration parameters: use_fips_ssl and require_ssl must be true. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --config-parameters parameterKey=require_ssl,parameterValue=true parameterKey=use_fips_ssl,parameterValue=true',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Configuration parameters: Edit, use_fips_ssl and require_ssl true, Save. (No guide of AWS shows where.)',
        'AWS restarts the workgroup for it.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts }) {
    const fips = parameterIn(facts, 'use_fips_ssl')?.toLowerCase()
    if (fips !== 'true' && fips !== 'false')
      return unknown('untold', `does not tell whether use_fips_ssl is set (it says ${fips ?? 'nothing'})`)
    const configured = said(fips, 'facts')
    if (fips === 'false') return fail('off', 'takes TLS of any kind (use_fips_ssl is false)', { configured })
    const tls = parameterIn(facts, 'require_ssl')?.toLowerCase()
    if (tls !== 'true' && tls !== 'false')
      return unknown('untold', `does not tell whether require_ssl is set (it says ${tls ?? 'nothing'})`)
    const states = { configured, inForce: said(tls, 'facts') }
    return tls === 'true'
      ? pass('on', 'takes FIPS-validated TLS only', states)
      : fail('not-required', 'wants FIPS of those who choose TLS, and requires TLS of nobody', states)
  },

  remediation: {
    summary: 'Set use_fips_ssl, and require_ssl, without which it does nothing.',
    impact: 'reboot',
    steps: (subject) =>
      ['require_ssl', 'use_fips_ssl']
        .filter((name) => parameterIn(subject.facts, name)?.toLowerCase() !== 'true')
        .map((name) => parameterChange(subject, name, 'true')),
  },

  examples: {
    pass: { 'both are set': workgroup({ reason: 'on', parameters: { use_fips_ssl: 'true' } }) },
    fail: {
      'use_fips_ssl is false': workgroup({ reason: 'off' }),
      'TLS is not required': workgroup({
        reason: 'not-required',
        parameters: { use_fips_ssl: 'true', require_ssl: 'false' },
      }),
    },
  },
})
