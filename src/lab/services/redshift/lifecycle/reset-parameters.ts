// ResetClusterParameterGroup, and the defaults it goes back to.

import type * as client from '@aws-sdk/client-redshift'
import type { Parameter } from '@aws-sdk/client-redshift'
import { common } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { resetParameters } from '../change-parameters.ts'
import { isDefault } from '../default-groups.ts'
import { pageOf } from '../page.ts'
import { getGroup } from '../parameter-groups.ts'
import { describeParameters, families } from '../parameters.ts'

export const resetOperations = {
  ResetClusterParameterGroup(input, context) {
    const group = getGroup(context.region, input.ParameterGroupName)
    // Unverified: code and wording are those RDS answers with.
    if (isDefault(group)) throw common('InvalidParameterValue', 'Cannot reset a default parameter group.')
    const { ResetAllParameters: all = true, Parameters: parameters = [] } = input
    if (!all && parameters.length === 0) {
      // "If ResetAllParameters option is not used, then at least one parameter name must be supplied" (API).
      // Unverified: code and wording.
      throw common('InvalidParameterCombination', 'At least one parameter must be supplied.')
    }
    resetParameters(group, all ? [...group.values.keys()] : parameters.map(nameOf), context)
    // Wording: AWS CLI example, reset-cluster-parameter-group.
    return {
      ParameterGroupName: group.name,
      ParameterGroupStatus:
        "Your parameter group has been updated but changes won't get applied until you reboot the associated Clusters.",
    }
  },

  DescribeDefaultClusterParameters(input) {
    const family = input.ParameterGroupFamily
    if (!Object.hasOwn(families, family)) {
      // Unverified: code and wording, which are those for creating a group.
      throw common('InvalidParameterValue', `The parameter group family ${family} is not valid.`)
    }
    const parameters = describeParameters({ name: '', family, description: '', tags: [], values: new Map() })
    const { items, ...marker } = pageOf(parameters, ({ ParameterName }) => [ParameterName], input)
    return { DefaultClusterParameters: { ParameterGroupFamily: family, Parameters: items, ...marker } }
  },
} satisfies Operations<typeof client>

function nameOf({ ParameterName }: Parameter): string {
  return ParameterName?.toLowerCase() ?? ''
}
