// The part of the EC2 client that Redoubt uses. Its schemas are large: never load it before a question needs it.

export { DescribeRegionsCommand, EC2Client as Client } from '@aws-sdk/client-ec2'
