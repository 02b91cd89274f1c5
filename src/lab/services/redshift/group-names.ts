// The rules for a new parameter group: its name, its family, its tags and how many there may be.

import {
  ClusterParameterGroupAlreadyExistsFault$,
  ClusterParameterGroupQuotaExceededFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { isDefault } from './default-groups.ts'
import { families } from './parameters.ts'

// Per account and region, fixed: Management Guide, "Quotas and limits".
const mostGroups = 20

/** Throws AWS's error unless a group of that name and family can be made. */
export function checkNewGroup({ redshift }: Region, name: string, family: string): void {
  checkName(name)
  if (!Object.hasOwn(families, family)) {
    // Unverified: code and wording.
    throw common('InvalidParameterValue', `The parameter group family ${family} is not valid.`)
  }
  if (redshift.groups.has(name)) {
    // Wording: terraform-aws-redshift pull request 83.
    throw fault(ClusterParameterGroupAlreadyExistsFault$, `Parameter group ${name} already exists`)
  }
  if ([...redshift.groups.values()].filter((group) => !isDefault(group)).length >= mostGroups) {
    // Unverified: the wording, and whether the two default groups count.
    throw fault(ClusterParameterGroupQuotaExceededFault$, 'Cluster parameter group quota exceeded')
  }
}

// "1 to 255 alphanumeric characters or hyphens; first character must be a letter; cannot end with a hyphen or contain
// two consecutive hyphens" (API, CreateClusterParameterGroup). Unverified: code and wording.
function checkName(name: string) {
  if (name.length <= 255 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return
  throw common(
    'InvalidParameterValue',
    'The parameter ParameterGroupName is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
  )
}
