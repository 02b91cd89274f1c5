// The regions of each partition, and which of them an account has without opting in.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html

/** A set of regions with accounts of its own. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov'

type RegionNames = { always: string[]; optIn: string[] }

const partitions: Record<Partition, RegionNames> = {
  aws: {
    always: [
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'ca-central-1',
      'eu-central-1',
      'eu-north-1',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'sa-east-1',
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
    ],
    optIn: [
      'af-south-1',
      'ap-east-1',
      'ap-east-2',
      'ap-south-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-west-1',
      'eu-central-2',
      'eu-south-1',
      'eu-south-2',
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'mx-central-1',
    ],
  },
  'aws-cn': { always: ['cn-north-1', 'cn-northwest-1'], optIn: [] },
  'aws-us-gov': { always: ['us-gov-east-1', 'us-gov-west-1'], optIn: [] },
}

/** The partitions there are. */
export function partitionNames(): Partition[] {
  return Object.keys(partitions) as Partition[]
}

/** Every region of a partition, in order of name. */
export function regionNames(partition: Partition): string[] {
  const { always, optIn } = partitions[partition]
  return [...always, ...optIn].sort()
}

/** Whether an account must opt in to a region before using it. */
export function needsOptIn(partition: Partition, region: string): boolean {
  return partitions[partition].optIn.includes(region)
}
