// What the bare loop is bundled with in place of our reader of answers: the SDK's own.

export { AwsQueryProtocol as QueryProtocol } from '@aws-sdk/core/protocols'
