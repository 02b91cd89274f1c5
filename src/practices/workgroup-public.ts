// Workgroups have no endpoint on the internet.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept, madePrivate } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

export default definePractice({
  id: 'workgroup-public',
  title: 'Workgroups have no endpoint on the internet',
  severity: 'high',
  resource: 'redshift-serverless:workgroup',
  needs: [],
  controls: ['security-hub/RedshiftServerless.3'],
  references: [
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateWorkgroup.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html',
  ],
  why: 'A workgroup that is publicly accessible has an address on the internet: between everybody and the data stand a security group and a password only.',
  whenNotTo:
    'Where a service outside the VPC must connect and no private link can be had: narrow the security group to its addresses, which workgroup-reachable judges.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-workgroups --query "workgroups[?publiclyAccessible].workgroupName"',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Network and security: Publicly accessible.',
      ],
    },
    change: {
      cli: ['aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --no-publicly-accessible'],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Network and security › Edit: clear Turn on Public Accessible, Save changes.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-console-workgroups.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts: { publiclyAccessible } }) {
    if (publiclyAccessible === undefined)
      return unknown('untold', 'does not tell whether it is publicly accessible')
    const states = {
      configured: said(publiclyAccessible, 'facts'),
      inForce: said(publiclyAccessible, 'facts'),
    }
    return publiclyAccessible
      ? fail('public', 'is publicly accessible', states)
      : pass('private', 'is not publicly accessible', states)
  },

  remediation: {
    summary: 'Take its address off the internet. Whoever connects from outside the VPC loses the way.',
    impact: 'none',
    steps: (subject) => [madePrivate(subject)],
  },

  examples: {
    pass: { private: workgroup({ reason: 'private' }) },
    fail: { public: workgroup({ reason: 'public', facts: { publiclyAccessible: true } }) },
  },
})
