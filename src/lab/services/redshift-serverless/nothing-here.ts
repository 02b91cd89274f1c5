// What the lab has none of: custom domains, scheduled actions, reservations, managed workgroups. Lists are empty and names
// are not found, which is the truth; creating them is an operation the lab does not have.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { InvalidPaginationException$ } from '@aws-sdk/client-redshift-serverless'
import type { Operations } from '#lab/wire/operations.ts'
import { notFound } from './errors.ts'
import { getNamespace, getWorkgroup } from './find.ts'
import { pageOf } from './page.ts'

type PageInput = Parameters<typeof pageOf>[2]

/** Checks a page of nothing. */
function nothing(input: PageInput, refusal?: typeof InvalidPaginationException$): never[] {
  pageOf([], String, input, refusal)
  return []
}

export const emptyOperations = {
  ListCustomDomainAssociations: (input) => ({ associations: nothing(input, InvalidPaginationException$) }),

  GetCustomDomainAssociation({ workgroupName, customDomainName }, { region }) {
    getWorkgroup(region, workgroupName)
    throw notFound('custom domain association', customDomainName)
  },

  DeleteCustomDomainAssociation({ workgroupName, customDomainName }, { region }) {
    getWorkgroup(region, workgroupName)
    throw notFound('custom domain association', customDomainName)
  },

  ListScheduledActions(input, { region }) {
    if (input.namespaceName !== undefined) getNamespace(region, input.namespaceName)
    return { scheduledActions: nothing(input, InvalidPaginationException$) }
  },

  GetScheduledAction({ scheduledActionName }) {
    throw notFound('scheduled action', scheduledActionName)
  },

  DeleteScheduledAction({ scheduledActionName }) {
    throw notFound('scheduled action', scheduledActionName)
  },

  ListReservations: (input) => ({ reservationsList: nothing(input) }),

  GetReservation({ reservationId }) {
    throw notFound('reservation', reservationId)
  },

  // It declares no error for a bad page.
  ListManagedWorkgroups: () => ({ managedWorkgroups: [] }),
} satisfies Operations<typeof client>
