// Clusters cannot be reached from everywhere.

import { takenOffTheInternet } from '#model/cluster-change.ts'
import { definePractice } from '#model/practice.ts'
import { guards, reachOf, wideRanges } from '#model/reach-verdict.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

const range = (CidrIp: string) => ({
  IpProtocol: 'tcp',
  FromPort: 5439,
  ToPort: 5439,
  IpRanges: [{ CidrIp }],
})

export default definePractice({
  id: 'cluster-reachable',
  title: 'Clusters cannot be reached from wide ranges of addresses',
  severity: 'critical',
  resource: 'redshift:cluster',
  needs: guards,
  controls: ['security-hub/Redshift.15'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html',
  ],
  why: 'An address on the internet whose security group lets in whole parts of it is tried within hours: nothing but a password stands before the data.',
  whenNotTo:
    'Hardly ever. Where clients have no fixed addresses, give them a VPN or a private link; what counts as wide can be set in redoubt.yaml. Where VPC Block Public Access stops what comes in, which is not read: suppress it with that as the reason. Redshift.15 asks for more than this does: it fails a private cluster for its group as well.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[PubliclyAccessible,Endpoint.Port,VpcSecurityGroups]"',
        'aws ec2 describe-security-groups --group-ids GROUP --query "SecurityGroups[].IpPermissions"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Network and security settings: Publicly accessible, and the security groups.',
        'EC2 › Security Groups › GROUP › Inbound rules: those that cover the port.',
      ],
    },
    change: {
      cli: [
        'aws redshift modify-cluster --cluster-identifier CLUSTER --no-publicly-accessible',
        'aws ec2 revoke-security-group-ingress --group-id GROUP --protocol tcp --port 5439 --cidr 0.0.0.0/0',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Modify publicly accessible setting: clear it, Save changes.',
        'Or, where it must stay public, EC2 › Security Groups › GROUP › Inbound rules › Edit inbound rules: narrow the source. The group may guard other things as well.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-security-group-public-private.html',
    readOn: '2026-11-27',
  },

  settings: wideRanges,

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject, { settings }) {
    const { PubliclyAccessible, Endpoint } = subject.facts
    return reachOf(subject, { isPublic: PubliclyAccessible, port: Endpoint?.Port }, settings)
  },

  remediation: {
    summary: 'Take its address off the internet; the security group stays, since it may guard other things.',
    impact: 'none',
    steps: (subject) => [takenOffTheInternet(subject)],
  },

  examples: {
    pass: {
      'open, but private': cluster({ reason: 'private', ingress: [range('0.0.0.0/0')] }),
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

type Ingress = NonNullable<Parameters<typeof cluster>[0]['ingress']>

function listed() {
  const PrefixListIds = [{ PrefixListId: 'pl-0a1b2c3d4e5f60718' }]
  return { IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439, PrefixListIds }
}

function onTheInternet(reason: string, ingress: Ingress, entry?: string) {
  const prefixLists = entry ? { 'pl-0a1b2c3d4e5f60718': [{ Cidr: entry }] } : {}
  return cluster({ reason, ingress, prefixLists, facts: { PubliclyAccessible: true } })
}
