// Where the example namespace is copied to, as AWS describes it.

import type { AnswersAbout } from '#model/practice.ts'

type Copies = AnswersAbout<'redshift-serverless:namespace'>['copyConfigurations']

/** The copy configuration of a namespace that copies to a region and keeps the copies so many days; -1 for ever. */
export function copyingTo(
  destinationRegion: string,
  snapshotRetentionPeriod: number,
  destinationKmsKeyId = 'AWS_OWNED_KMS_KEY',
): Copies {
  const id = '1b6e8d20-5c4f-4a97-8d3b-7e9f0a2c4d04'
  return [
    {
      snapshotCopyConfigurationId: id,
      snapshotCopyConfigurationArn: `arn:aws:redshift-serverless:eu-west-1:111122223333:snapshotcopyconfiguration/${id}`,
      namespaceName: 'planning',
      destinationRegion,
      destinationKmsKeyId,
      snapshotRetentionPeriod,
    },
  ]
}
