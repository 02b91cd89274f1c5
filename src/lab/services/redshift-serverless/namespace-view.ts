// A namespace as AWS shows it at a moment.

import type { Namespace, NamespaceStatus } from '@aws-sdk/client-redshift-serverless'
import type { NamespaceRecord } from './model.ts'

// Management Guide, "Data encryption at rest": a status of its own, which the API's list leaves out.
const locked = 'inaccessible-kms-key' as NamespaceStatus

/** The status of a namespace. */
export function namespaceStatus({ work, lockedSince }: NamespaceRecord): NamespaceStatus {
  if (lockedSince !== undefined && work?.status !== 'DELETING') return locked
  return work?.status === 'DELETING' ? 'DELETING' : work ? 'MODIFYING' : 'AVAILABLE'
}

/** A namespace as AWS shows it. */
export function viewNamespace(namespace: NamespaceRecord): Namespace {
  const { facts, work } = namespace
  const pending = work?.change.iamRoles
  return {
    ...facts,
    iamRoles: [
      ...facts.iamRoles.map((arn) =>
        showRole(arn, pending?.includes(arn) === false ? 'removing' : 'in-sync'),
      ),
      ...(pending ?? []).filter((arn) => !facts.iamRoles.includes(arn)).map((arn) => showRole(arn, 'adding')),
    ],
    status: namespaceStatus(namespace),
  }
}

// The form is recorded in terraform-provider-aws (redshiftserverless/namespace.go).
function showRole(arn: string, status: string): string {
  return `IamRole(applyStatus=${status}, iamRoleArn=${arn})`
}
