// Judges awsQuery and ec2Query by the official clients: all of Redshift, STS and IAM, and what the lab may need of EC2.

import * as ec2 from '@aws-sdk/client-ec2'
import * as iam from '@aws-sdk/client-iam'
import * as redshift from '@aws-sdk/client-redshift'
import * as sts from '@aws-sdk/client-sts'
import { awsQuery, ec2Query } from './protocol.ts'
import { judge, operationsOf } from './round-trip.ts'

const region = { region: 'eu-west-1' }
const limits = { emptyIsAbsent: true }
const make = awsQuery

judge(
  { name: 'redshift', exports: redshift, config: new redshift.RedshiftClient(region).config, make },
  limits,
)
judge({ name: 'sts', exports: sts, config: new sts.STSClient(region).config, make }, limits)
judge({ name: 'iam', exports: iam, config: new iam.IAMClient(region).config, make }, limits)

const subjects =
  /^(Describe|Create|Delete|Modify|Get|Authorize|Revoke|Attach|Associate|Disassociate|Replace)(SecurityGroup|Subnet|Vpcs?$|VpcBlockPublicAccess|VpcAttribute|VpcEndpoint|ManagedPrefixList|PrefixList|Region|Route|InternetGateway)/
const chosen = operationsOf(ec2).filter(([, , name]) => subjects.test(name))

judge(
  {
    name: 'ec2',
    exports: Object.fromEntries(chosen.map((operation) => [operation[2], operation])),
    config: new ec2.EC2Client(region).config,
    make: ec2Query,
  },
  limits,
)
