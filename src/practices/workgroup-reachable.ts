// Workgroups cannot be reached from everywhere.

import { definePractice } from '#model/practice.ts'
import { guards, reachOf, wideRanges } from '#model/reach-verdict.ts'
import { isKept, madePrivate, portOf } from '#model/serverless.ts'
import { workgroup } from './examples/workgroup.ts'

const range = (CidrIp: string) => ({
  IpProtocol: 'tcp',
  FromPort: 5440,
  ToPort: 5440,
  IpRanges: [{ CidrIp }],
})

export default definePractice({
  id: 'workgroup-reachable',
  title: 'Workgroups cannot be reached from wide ranges of addresses',
  severity: 'critical',
  resource: 'redshift-serverless:workgroup',
  needs: guards,
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  why: 'An endpoint on the internet whose security group lets in whole parts of it is tried within hours: nothing but a password stands before the data.',
  whenNotTo:
    'Hardly ever. Where clients have no fixed addresses, give them a VPN or a private link; what counts as wide can be set in redoubt.yaml. Where VPC Block Public Access stops what comes in, which is not read: suppress it with that as the reason.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless get-workgroup --workgroup-name WORKGROUP --query "workgroup.[publiclyAccessible,port,securityGroupIds]"',
        'aws ec2 describe-security-groups --group-ids GROUP --query "SecurityGroups[].IpPermissions"',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Network and security: Publicly accessible, and the security groups.',
        'EC2 › Security Groups › GROUP › Inbound rules: those that cover the port.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-workgroup --workgroup-name WORKGROUP --no-publicly-accessible',
        'aws ec2 revoke-security-group-ingress --group-id GROUP --protocol tcp --port 5439 --cidr 0.0.0.0/0',
      ],
      console: [
        'Amazon Redshift Serverless › Workgroup configuration › WORKGROUP › Data access › Network and security › Edit: clear Turn on Public Accessible, Save changes.',
        'Or, where it must stay public, EC2 › Security Groups › GROUP › Inbound rules › Edit inbound rules: narrow the source. The group may guard other things as well.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-security-group-public-private.html',
    readOn: '2026-11-27',
  },
  settings: wideRanges,

  concerns: isKept,

  check(subject, { settings }) {
    const { facts } = subject
    return reachOf(subject, { isPublic: facts.publiclyAccessible, port: portOf(facts) }, settings)
  },

  remediation: {
    summary: 'Take its address off the internet; the security group stays, since it may guard other things.',
    impact: 'none',
    steps: (subject) => [madePrivate(subject)],
  },

  examples: {
    pass: {
      'open, but private': workgroup({ reason: 'private', ingress: [range('0.0.0.0/0')] }),
      'public, for one office': onTheInternet('narrow', [range('203.0.113.0/24')]),
      'public, for a short list': onTheInternet('narrow', [listed()], '198.51.100.0/24'),
    },
    fail: {
      'public, for everybody': onTheInternet('reachable', [range('0.0.0.0/0')]),
      'public, for the internet in two halves': onTheInternet('reachable', [
        range('0.0.0.0/1'),
        range('128.0.0.0/1'),
      ]),
      'public, for a list that is wide': onTheInternet('reachable', [listed()], '0.0.0.0/2'),
    },
  },
})

type Ingress = NonNullable<Parameters<typeof workgroup>[0]['ingress']>

function listed() {
  return {
    IpProtocol: 'tcp',
    FromPort: 5440,
    ToPort: 5440,
    PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d4e5f60718' }],
  }
}

function onTheInternet(reason: string, ingress: Ingress, entry?: string) {
  const prefixLists = entry ? { 'pl-0a1b2c3d4e5f60718': [{ Cidr: entry }] } : {}
  return workgroup({ reason, ingress, prefixLists, facts: { publiclyAccessible: true } })
}
