// Signs a request by hand, written apart from the lab's own check so that each can prove the other wrong.

import { createHash, createHmac } from 'node:crypto'
import { alice } from './world.ts'

type Change = {
  body?: string
  /** The body really sent, where it differs. */
  sent?: string
  query?: string
  sentQuery?: string
  extra?: Record<string, string>
  at?: Date
  service?: string
  region?: string
}

/** The address and headers of a POST signed by alice. */
export function signedRequest(base: string, change: Change) {
  const { body = '', query = '', extra = {}, at = new Date(), service = 'sts', region = 'eu-west-1' } = change
  const stamp = at.toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = stamp.slice(0, 8)
  const scope = `${day}/${region}/${service}/aws4_request`
  const headers: Record<string, string> = { host: new URL(base).host, 'x-amz-date': stamp, ...extra }
  const names = Object.keys(headers).sort()
  const lines = names.map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}\n`).join('')
  const sortedQuery = query.split('&').sort().join('&')
  const canonical = `POST\n/\n${sortedQuery}\n${lines}\n${names.join(';')}\n${hash(body)}`
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hash(canonical)}`
  const key = ['aws4_request', service, region, day].reduceRight<Buffer>(
    (above, step) => createHmac('sha256', above).update(step).digest(),
    Buffer.from(`AWS4${alice.secretAccessKey}`),
  )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  const credential = `${alice.accessKeyId}/${scope}`
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  const { host, ...sent } = headers
  return { url: `${base}/?${change.sentQuery ?? query}`, headers: { ...sent, authorization } }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
