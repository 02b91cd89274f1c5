// Finds a trail by the name or ARN of a request: at home, or as its shadow in another region or member account.

import {
  CloudTrailARNInvalidException$,
  InvalidHomeRegionException$,
  InvalidTrailNameException$,
  NotOrganizationMasterAccountException$,
  TrailNotFoundException$,
} from '@aws-sdk/client-cloudtrail'
import { parseArn } from '#kit/arn.ts'
import { arnIn, type Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { organizationOf } from '../organizations/use.ts'
import type { Trail } from './model.ts'

/** The ARN a name stands for in the caller's region, or CloudTrail's refusal of the name. */
export function arnOfName(name: string, { region }: Context): string {
  const parts = parseArn(name)
  if (!name.startsWith('arn:')) return arnIn(region, 'cloudtrail', `trail/${checkedName(name)}`)
  // Unverified: the wording for what is no ARN of a trail at all.
  if (parts?.service !== 'cloudtrail' || !parts.resource.startsWith('trail/'))
    throw fault(CloudTrailARNInvalidException$, `Trail ARN is not valid: ${name}`)
  return name
}

// Wordings: as moto has them, which were taken from AWS (getmoto/moto, cloudtrail/exceptions).
/** A name that a trail may have, or CloudTrail's refusal. */
export function checkedName(name: string): string {
  const refuse = (message: string) => fault(InvalidTrailNameException$, message)
  if (name.length < 3)
    throw refuse(
      `Trail name too short. Minimum allowed length: 3 characters. Specified name length: ${name.length} characters.`,
    )
  if (name.length > 128)
    throw refuse(
      `Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${name.length} characters.`,
    )
  if (!/^[0-9a-zA-Z]/.test(name)) throw refuse('Trail name must starts with a letter or number.')
  if (!/[0-9a-zA-Z]$/.test(name)) throw refuse('Trail name must ends with a letter or number.')
  if (!/^[\w.-]+$/.test(name))
    throw refuse(
      'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
    )
  // API Reference, CreateTrail: no two of the marks in a row, and no IP address.
  if (/[._-]{2}/.test(name) || /^\d+\.\d+\.\d+\.\d+$/.test(name))
    throw refuse(
      'Trail name must not have adjacent periods, underscores or dashes, or be in the format of an IP address.',
    )
  return name
}

/** The trails of the caller's region, shadows included: those of all regions, and those of the organization. */
export function trailsHere({ state, account, region }: Context): Trail[] {
  const found: Trail[] = []
  const organization = organizationOf(state, account.id)
  for (const owner of state.accounts.values()) {
    if (owner.partition !== account.partition) continue
    const isOwn = owner.id === account.id
    if (!isOwn && organizationOf(state, owner.id) !== organization) continue
    if (!isOwn && !organization) continue
    for (const { name, cloudtrail } of owner.regions.values())
      for (const trail of cloudtrail.trails.values()) {
        const isSeen = isOwn || trail.settings.IsOrganizationTrail
        if (isSeen && (name === region.name || trail.settings.IsMultiRegionTrail)) found.push(trail)
      }
  }
  return found.sort((a, b) => (a.arn < b.arn ? -1 : 1))
}

/** Whether a trail was made elsewhere and is only shown here. */
export function isShadow(trail: Trail, { account, region }: Context): boolean {
  return trail.account !== account.id || trail.region !== region.name
}

/** The trail of a name; a shadow is found by its ARN alone. */
export function findTrail(name: string, context: Context): Trail {
  const arn = arnOfName(name, context)
  const trail = trailsHere(context).find((one) => one.arn === arn)
  // Wording: aws/aws-sdk-go-v2#1957.
  if (!trail)
    throw fault(TrailNotFoundException$, `Unknown trail: ${arn} for the user: ${context.account.id}`)
  return trail
}

/** The trail of a name, to be changed: only at home, and only by its owner. */
export function findTrailAtHome(name: string, context: Context): Trail {
  const trail = findTrail(name, context)
  // Unverified: both wordings.
  if (trail.account !== context.account.id)
    throw fault(
      NotOrganizationMasterAccountException$,
      `The trail ${trail.arn} is an organization trail, and account ${context.account.id} may not change it.`,
    )
  if (trail.region !== context.region.name)
    throw fault(
      InvalidHomeRegionException$,
      `The trail ${trail.arn} must be changed in its home region ${trail.region}.`,
    )
  return trail
}
