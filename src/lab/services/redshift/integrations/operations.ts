// Integrations: data that flows into a warehouse from elsewhere, made, changed, deleted and listed.

import type * as client from '@aws-sdk/client-redshift'
import {
  type InboundIntegration,
  IntegrationAlreadyExistsFault$,
  IntegrationConflictStateFault$,
  InvalidNamespaceFault$,
} from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { newUuid } from '#lab/ids.ts'
import { arnIn, type Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOf } from '../page.ts'
import { checkTags } from '../tags.ts'
import { checkEnds, keyOf } from './ends.ts'
import {
  getIntegration,
  integrationsOf,
  integrationTakes,
  isOwn,
  noIntegration,
  viewIntegration,
} from './find.ts'
import type { IntegrationRecord } from './model.ts'

export const integrationOperations = {
  CreateIntegration(input, context) {
    const { region, now, state } = context
    const { IntegrationName: name, SourceArn, TargetArn, TagList = [] } = input
    checkName(name)
    checkFresh(name, context)
    checkTags(TagList)
    checkEnds(input, context)
    const KMSKeyId = keyOf(input, context)
    const IntegrationArn = arnIn(region, 'redshift', `integration:${newUuid(state)}`)
    const made: IntegrationRecord = {
      facts: {
        IntegrationArn,
        IntegrationName: name,
        SourceArn,
        TargetArn,
        Status: 'active',
        Errors: [],
        CreateTime: new Date(now),
        Tags: TagList,
        KMSKeyId,
        ...(input.Description !== undefined && { Description: input.Description }),
        ...(input.AdditionalEncryptionContext && {
          AdditionalEncryptionContext: input.AdditionalEncryptionContext,
        }),
      },
      busyUntil: now + integrationTakes,
      busy: 'creating',
      goneAt: undefined,
    }
    region.redshift.extras.integrations.set(IntegrationArn, made)
    return viewIntegration(made, now)
  },

  ModifyIntegration({ IntegrationArn, IntegrationName: name, Description }, context) {
    const found = getIntegration(context, IntegrationArn)
    demandFree(found, context)
    if (name !== undefined) {
      checkName(name)
      if (name !== found.facts.IntegrationName) checkFresh(name, context)
      found.facts.IntegrationName = name
    }
    if (Description !== undefined) found.facts.Description = Description
    found.busy = 'modifying'
    found.busyUntil = context.now + integrationTakes
    return viewIntegration(found, context.now)
  },

  DeleteIntegration({ IntegrationArn }, context) {
    const found = getIntegration(context, IntegrationArn)
    demandFree(found, context)
    found.goneAt = context.now + integrationTakes
    return viewIntegration(found, context.now)
  },

  DescribeIntegrations(input, context) {
    const { IntegrationArn: arn, Filters = [] } = input
    const all = arn === undefined ? integrationsOf(context).filter(isOwn) : [getIntegration(context, arn)]
    const views = all.map((one) => viewIntegration(one, context.now))
    const matching = views.filter((one) =>
      Filters.every(({ Name, Values }) => Values?.includes(filterable(one)[Name ?? ''] ?? '')),
    )
    const { items, ...marker } = pageOf(matching, ({ IntegrationArn: id = '' }) => [id], input)
    return { Integrations: items, ...marker }
  },

  DescribeInboundIntegrations(input, context) {
    const { IntegrationArn: arn, TargetArn: target } = input
    // Wording: the fault's description.
    if (target !== undefined && !/:namespace[:/]/.test(target))
      throw fault(
        InvalidNamespaceFault$,
        "The namespace isn't valid because the namespace doesn't exist. Provide a valid namespace.",
      )
    const chosen = integrationsOf(context).filter(
      ({ facts }) =>
        (arn === undefined || facts.IntegrationArn === arn) &&
        (target === undefined || facts.TargetArn === target),
    )
    if (arn !== undefined && chosen.length === 0) throw noIntegration()
    const { items, ...marker } = pageOf(chosen, ({ facts }) => [facts.IntegrationArn], input)
    return { InboundIntegrations: items.map((one) => inbound(one, context)), ...marker }
  },
} satisfies Operations<typeof client>

function inbound(one: IntegrationRecord, { now }: Context): InboundIntegration {
  const { IntegrationArn, SourceArn, TargetArn, Status, Errors, CreateTime } = viewIntegration(one, now)
  return { IntegrationArn, SourceArn, TargetArn, Status, Errors, CreateTime }
}

// Names of the filters: the SDK's DescribeIntegrationsFilterName.
function filterable(one: client.Integration): Record<string, string | undefined> {
  return {
    'integration-arn': one.IntegrationArn,
    'source-arn': one.SourceArn,
    'source-types': parseArn(one.SourceArn ?? '')?.service,
    status: one.Status,
  }
}

// Unverified: form, code and wording.
function checkName(name: string) {
  if (/^[A-Za-z](-?[A-Za-z0-9])*$/.test(name) && name.length <= 63) return
  throw common('InvalidParameterValue', `The parameter IntegrationName is not a valid identifier: ${name}`)
}

function checkFresh(name: string, context: Context) {
  const isTaken = integrationsOf(context).some((one) => isOwn(one) && one.facts.IntegrationName === name)
  // Wording: the fault's description, here and below.
  if (isTaken)
    throw fault(IntegrationAlreadyExistsFault$, 'The integration you are trying to create already exists.')
}

function demandFree({ goneAt, busyUntil }: IntegrationRecord, { now }: Context) {
  if (goneAt === undefined && busyUntil <= now) return
  throw fault(
    IntegrationConflictStateFault$,
    "The integration is in an invalid state and can't perform the requested operation.",
  )
}
