// Client certificates and configurations for hardware security modules, as Redshift keeps them.

import type * as client from '@aws-sdk/client-redshift'
import {
  HsmClientCertificateAlreadyExistsFault$,
  HsmClientCertificateNotFoundFault$,
  HsmConfigurationAlreadyExistsFault$,
  HsmConfigurationNotFoundFault$,
  InvalidHsmClientCertificateStateFault$,
  InvalidHsmConfigurationStateFault$,
} from '@aws-sdk/client-redshift'
import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOf } from '../page.ts'
import { matchesTags } from '../tags.ts'

// Unverified: the wordings of all faults here.
export const hsmOperations = {
  CreateHsmClientCertificate(input, { region }) {
    const { hsmCertificates } = region.redshift.keys
    const id = input.HsmClientCertificateIdentifier
    if (hsmCertificates.has(id))
      throw fault(HsmClientCertificateAlreadyExistsFault$, `HSM client certificate ${id} already exists.`)
    const certificate = {
      HsmClientCertificateIdentifier: id,
      HsmClientCertificatePublicKey: publicKey(`${region.account.id} ${region.name} ${id}`),
      Tags: input.Tags ?? [],
    }
    hsmCertificates.set(id, certificate)
    return { HsmClientCertificate: certificate }
  },

  DescribeHsmClientCertificates(input, { region }) {
    const id = input.HsmClientCertificateIdentifier
    const chosen = id ? [getCertificate(region, id)] : [...region.redshift.keys.hsmCertificates.values()]
    const matching = chosen.filter(({ Tags }) => matchesTags(Tags, input))
    const { items, ...marker } = pageOf(matching, (one) => [one.HsmClientCertificateIdentifier ?? ''], input)
    return { HsmClientCertificates: items, ...marker }
  },

  DeleteHsmClientCertificate(input, { region }) {
    const id = input.HsmClientCertificateIdentifier
    getCertificate(region, id)
    if (isUsed(region, ({ HsmClientCertificateIdentifier: used }) => used === id)) {
      const sentence = `HSM client certificate ${id} is used by a cluster.`
      throw fault(InvalidHsmClientCertificateStateFault$, sentence)
    }
    region.redshift.keys.hsmCertificates.delete(id)
    return {}
  },

  CreateHsmConfiguration(input, { region }) {
    const { hsmConfigurations } = region.redshift.keys
    const { HsmConfigurationIdentifier: id, Description, HsmIpAddress, HsmPartitionName, Tags = [] } = input
    if (hsmConfigurations.has(id))
      throw fault(HsmConfigurationAlreadyExistsFault$, `HSM configuration ${id} already exists.`)
    // Password and server certificate are write-only (API, HsmConfiguration).
    const configuration = {
      HsmConfigurationIdentifier: id,
      Description,
      HsmIpAddress,
      HsmPartitionName,
      Tags,
    }
    hsmConfigurations.set(id, configuration)
    return { HsmConfiguration: configuration }
  },

  DescribeHsmConfigurations(input, { region }) {
    const id = input.HsmConfigurationIdentifier
    const chosen = id ? [getConfiguration(region, id)] : [...region.redshift.keys.hsmConfigurations.values()]
    const matching = chosen.filter(({ Tags }) => matchesTags(Tags, input))
    const { items, ...marker } = pageOf(matching, (one) => [one.HsmConfigurationIdentifier ?? ''], input)
    return { HsmConfigurations: items, ...marker }
  },

  DeleteHsmConfiguration(input, { region }) {
    const id = input.HsmConfigurationIdentifier
    getConfiguration(region, id)
    if (isUsed(region, ({ HsmConfigurationIdentifier: used }) => used === id))
      throw fault(InvalidHsmConfigurationStateFault$, `HSM configuration ${id} is used by a cluster.`)
    region.redshift.keys.hsmConfigurations.delete(id)
    return {}
  },
} satisfies Operations<typeof client>

function getCertificate({ redshift }: Region, id: string) {
  const known = redshift.keys.hsmCertificates.get(id)
  if (!known) throw fault(HsmClientCertificateNotFoundFault$, `HSM client certificate ${id} not found.`)
  return known
}

function getConfiguration({ redshift }: Region, id: string) {
  const known = redshift.keys.hsmConfigurations.get(id)
  if (!known) throw fault(HsmConfigurationNotFoundFault$, `HSM configuration ${id} not found.`)
  return known
}

function isUsed({ redshift }: Region, uses: (status: client.HsmStatus) => boolean): boolean {
  return [...redshift.clusters.values()].some(({ facts }) => facts.HsmStatus && uses(facts.HsmStatus))
}

// The form of a certificate only: nothing in the lab connects to an HSM.
function publicKey(name: string): string {
  const body = Buffer.from(hexOf(name, 64), 'hex').toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
}
