// A workgroup as AWS shows it at a moment.

import type { Workgroup, WorkgroupStatus } from '@aws-sdk/client-redshift-serverless'
import type { Region } from '#lab/state.ts'
import { showParameters } from './config-parameters.ts'
import type { WorkgroupRecord } from './model.ts'
import { namespaceStatus } from './namespace-view.ts'
import { endpointOf } from './workgroup-network.ts'

/** A workgroup as AWS shows it. */
export function viewWorkgroup(region: Region, workgroup: WorkgroupRecord): Workgroup {
  const { parameters, ...facts } = workgroup.facts
  return {
    ...facts,
    configParameters: showParameters(parameters),
    status: statusOf(region, workgroup),
    endpoint: endpointOf(region, workgroup),
  }
}

// While its namespace is restored or loses its key, a workgroup is no more available than that.
function statusOf({ serverless }: Region, { work, facts }: WorkgroupRecord): WorkgroupStatus {
  if (work) return work.status
  const namespace = serverless.namespaces.get(facts.namespaceName)
  return namespace ? (namespaceStatus(namespace) as WorkgroupStatus) : 'AVAILABLE'
}
