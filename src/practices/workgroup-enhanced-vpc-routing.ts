// Workgroups move data through their VPC.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isKept, workgroupChange } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

export default definePractice({
  id: 'workgroup-enhanced-vpc-routing',
  title: 'Workgroups move data through their VPC',
  severity: 'medium',
  resource: 'redshift-serverless:workgroup',
  needs: [],
  controls: ['security-hub/RedshiftServerless.1'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateWorkgroup.html',
  ],
  why: 'COPY and UNLOAD go over the network of AWS otherwise, past every security group, endpoint policy and flow log of yours: data can leave without leaving a trace in the VPC.',
  whenNotTo:
    'Before the VPC has a way to what the workgroup loads from, such as an endpoint for S3: COPY and UNLOAD would hang until they time out.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-workgroups --query "workgroups[].[workgroupName,enhancedVpcRouting]"',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Network and security: Enhanced VPC routing.',
      ],
    },
    change: {
      cli: ['aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --enhanced-vpc-routing'],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Network and security › Edit: Turn on enhanced VPC routing, Save changes.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-console-workgroups.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check({ facts: { enhancedVpcRouting } }) {
    if (enhancedVpcRouting === undefined)
      return unknown('untold', 'does not tell whether enhanced VPC routing is on')
    const states = {
      configured: said(enhancedVpcRouting, 'facts'),
      inForce: said(enhancedVpcRouting, 'facts'),
    }
    return enhancedVpcRouting
      ? pass('on', 'moves data through its VPC', states)
      : fail('off', 'moves data past its VPC (enhanced VPC routing is off)', states)
  },

  remediation: {
    summary: 'Route COPY and UNLOAD through the VPC, which must have a way to what they read and write.',
    impact: 'none',
    steps: (subject) => [
      workgroupChange(
        subject,
        {
          title: `Route the data of workgroup ${subject.name} through its VPC`,
          change: { enhancedVpcRouting: true },
          back: { enhancedVpcRouting: false },
        },
        { fact: 'enhancedVpcRouting', before: false, after: true },
        {
          place: 'Data access › Network and security: Edit',
          console: 'Turn on enhanced VPC routing',
          consoleBack: 'clear Turn on enhanced VPC routing',
          notes: ['COPY and UNLOAD fail where the VPC has no way to S3, such as a gateway endpoint'],
        },
      ),
    ],
  },

  examples: {
    pass: { 'routing is on': workgroup({ reason: 'on' }) },
    fail: { 'routing is off': workgroup({ reason: 'off', facts: { enhancedVpcRouting: false } }) },
  },
})
