// What the lab never has: custom domains and scheduled actions are looked for and not found.

import {
  DeleteCustomDomainAssociationCommand,
  DeleteScheduledActionCommand,
  GetCustomDomainAssociationCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(serverlessWorld)
const domain = { workgroupName: 'sales-wg', customDomainName: 'sales.example.com' }

test.each([
  ['a custom domain', new GetCustomDomainAssociationCommand(domain)],
  ['a custom domain to delete', new DeleteCustomDomainAssociationCommand(domain)],
  ['a scheduled action to delete', new DeleteScheduledActionCommand({ scheduledActionName: 'nightly' })],
])('%s is not found', async (_, command) => {
  const call: Promise<unknown> = lab.serverless().send(command as GetCustomDomainAssociationCommand)
  await expect(call).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
