// Judges awsJson by the official clients of every service that the lab speaks it for.

import * as cloudtrail from '@aws-sdk/client-cloudtrail'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as kms from '@aws-sdk/client-kms'
import * as organizations from '@aws-sdk/client-organizations'
import * as data from '@aws-sdk/client-redshift-data'
import * as serverless from '@aws-sdk/client-redshift-serverless'
import * as secrets from '@aws-sdk/client-secrets-manager'
import { awsJson } from './json.ts'
import { judge } from './round-trip.ts'

const region = { region: 'eu-west-1' }
const make = awsJson
const limits = { emptyIsAbsent: false }

judge({ name: 'kms', exports: kms, config: new kms.KMSClient(region).config, make }, limits)
judge(
  { name: 'cloudtrail', exports: cloudtrail, config: new cloudtrail.CloudTrailClient(region).config, make },
  limits,
)
judge(
  {
    name: 'logs',
    exports: logs,
    config: new logs.CloudWatchLogsClient(region).config,
    make,
    // Their answers are event streams.
    except: ['GetLogObject', 'StartLiveTail'],
  },
  limits,
)
judge(
  {
    name: 'redshift-serverless',
    exports: serverless,
    config: new serverless.RedshiftServerlessClient(region).config,
    make,
  },
  limits,
)
judge(
  { name: 'redshift-data', exports: data, config: new data.RedshiftDataClient(region).config, make },
  limits,
)
judge(
  {
    name: 'secretsmanager',
    exports: secrets,
    config: new secrets.SecretsManagerClient(region).config,
    make,
  },
  limits,
)
judge(
  {
    name: 'organizations',
    exports: organizations,
    config: new organizations.OrganizationsClient(region).config,
    make,
  },
  limits,
)
