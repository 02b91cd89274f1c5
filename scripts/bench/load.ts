// Load on a loopback server: the same signed request again and again over a few kept-alive connections.

import { createHash, createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { credentials, region } from './world.ts'

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A DescribeClusters request, signed with AWS Signature Version 4. It is good for a quarter of an hour. */
export function signedRequest(url: string, body: string) {
  const { host } = new URL(url)
  const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = stamp.slice(0, 8)
  const scope = `${day}/${region}/redshift/aws4_request`
  const type = 'application/x-www-form-urlencoded'
  const signed = 'content-type;host;x-amz-date'
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\nx-amz-date:${stamp}\n\n${signed}\n${sha256(body)}`
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`
  const key = [region, 'redshift', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    hmac(`AWS4${credentials.AWS_SECRET_ACCESS_KEY}`, day),
  )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  const credential = `${credentials.AWS_ACCESS_KEY_ID}/${scope}`
  return {
    body,
    headers: {
      host,
      'content-type': type,
      'x-amz-date': stamp,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`,
      'content-length': Buffer.byteLength(body),
    },
  }
}

type Signed = ReturnType<typeof signedRequest>

/** Sends one request and gives the body; throws unless it was answered with 200. */
export function send(url: string, { headers, body }: Signed, agent?: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers, ...(agent ? { agent } : {}) }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => {
        const whole = Buffer.concat(chunks)
        if (answer.statusCode === 200) resolve(whole)
        else reject(new Error(`${answer.statusCode}: ${whole}`))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Requests per second over eight connections, for so many milliseconds. */
export async function requestsPerSecond(url: string, signed: Signed, milliseconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const end = Date.now() + milliseconds
  let count = 0
  const worker = async () => {
    while (Date.now() < end) {
      await send(url, signed, agent)
      count++
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: 8 }, worker))
  agent.destroy()
  return count / ((performance.now() - started) / 1000)
}
