// Audit logs of a million lines: the built lab with 10,000 snapshots and two warehouses that write a million lines a day
// each, one into a bucket and one into log groups. A day of both is read as a hunter would.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { labOf, median, megabytesOf, round, timed } from './process.ts'
import {
  account,
  credentials,
  logBucket,
  logExports,
  logGroup,
  logStream,
  logWorldText,
  region,
} from './world.ts'

/** The lab's start, and the seconds for a day of lines, with the memory before and after. */
export async function logs(folder: string, linesADay = 1_000_000) {
  const file = join(folder, 'logs.yaml')
  writeFileSync(file, logWorldText(linesADay))
  const emptyMs = median([await timed(['-e', '0']), await timed(['-e', '0']), await timed(['-e', '0'])])
  const { url, child, ms } = await labOf(file)
  const read = async (of: (url: string) => Promise<number>) => {
    const begun = performance.now()
    const lines = await of(url)
    return { lines, seconds: round((performance.now() - begun) / 1_000), megabytes: megabytesOf(child) }
  }
  try {
    return {
      snapshots: 10_000,
      startOverEmptyMs: round(ms - emptyMs),
      startMegabytes: megabytesOf(child),
      files: await read(linesOfFiles),
      groups: await read(linesOfGroups),
    }
  } finally {
    child.kill()
  }
}

const clientOptions = (endpoint: string) => ({
  endpoint,
  region,
  credentials: {
    accessKeyId: credentials.AWS_ACCESS_KEY_ID,
    secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
  },
})

const day = 86_400_000
const yesterday = () => Math.floor(Date.now() / day) * day - day

/** Lists the log files of yesterday and reads them all. */
async function linesOfFiles(url: string): Promise<number> {
  const client = new S3Client({ ...clientOptions(url), forcePathStyle: true })
  const folder = new Date(yesterday()).toISOString().slice(0, 10).replaceAll('-', '/')
  const Prefix = `AWSLogs/${account}/redshift/${region}/${folder}/`
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: logBucket, Prefix }))
  if (Contents.length === 0) throw new Error(`no log files under ${Prefix}`)
  let lines = 0
  for (const { Key } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: logBucket, Key }))
    const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array())
    for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) lines += 1
  }
  return lines
}

/** Reads yesterday's events of all log groups, page by page. */
async function linesOfGroups(url: string): Promise<number> {
  const client = new CloudWatchLogsClient(clientOptions(url))
  const asked = {
    logStreamName: logStream,
    startTime: yesterday(),
    endTime: yesterday() + day,
    startFromHead: true,
  }
  let lines = 0
  for (const name of logExports) {
    for (let nextToken: string | undefined; ; ) {
      const page = await client.send(
        new GetLogEventsCommand({ ...asked, logGroupName: logGroup(name), nextToken }),
      )
      for (const { message = '' } of page.events ?? []) lines += message.split('\n').length
      if (page.nextForwardToken === nextToken) break
      nextToken = page.nextForwardToken
    }
  }
  return lines
}
