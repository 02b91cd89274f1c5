// How a person sees a lab that has just started: where it is, who may call it, and what to type.

import { type Look, lines, section, verbatim } from './page.ts'

/** What there is to say of a lab. */
export type LabSight = {
  url: string
  name: string
  about: string
  accounts: { id: string; alias: string | undefined; accessKeys: Key[]; regions: string[] }[]
}

export function viewLab({ url, name, about, accounts }: LabSight, look: Look): string {
  const [first] = accounts
  const region = first?.regions[0] ?? 'us-east-1'
  return lines([
    look.paint('strong', `A lab listens at ${url}`),
    `world ${name}: ${about}`,
    section(
      'Accounts',
      accounts.map(({ id, alias, accessKeys, regions }) => {
        const keys = accessKeys.map(spokenKey).join(', ')
        return `- ${id}${alias ? ` (${alias})` : ''}: ${regions.join(', ')}; access keys ${keys}`
      }),
      look,
    ),
    verbatim(
      'Type this in another window; nothing in it is secret',
      exportsFor(url, region, first?.accessKeys[0]),
      look,
    ),
    verbatim(
      'Then',
      [
        look.line('scan --all-regions'),
        `${look.line('lab clock --speed 60')} # what takes AWS minutes, such as a reboot, takes seconds`,
        `${look.line('lab clock +1d')} # a day passes`,
        'aws redshift describe-clusters',
      ],
      look,
    ),
  ])
}

type Key = { id: string; secret: string; sessionToken: string | undefined }

function spokenKey({ id, secret, sessionToken }: Key): string {
  return `${id} (secret ${secret}${sessionToken ? `, session token ${sessionToken}` : ''})`
}

// AWS_DEFAULT_REGION is the one that version 1 of the AWS CLI reads.
function exportsFor(url: string, region: string, key: Key | undefined): string[] {
  return [
    `export AWS_ENDPOINT_URL=${url} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    ...(key ? [`export AWS_ACCESS_KEY_ID=${key.id} AWS_SECRET_ACCESS_KEY=${key.secret}`] : []),
    ...(key?.sessionToken ? [`export AWS_SESSION_TOKEN=${key.sessionToken}`] : []),
  ]
}
