// ModifyCluster: what is refused before anything is looked at closely.

import {
  type Cluster,
  InvalidElasticIpFault$,
  type ModifyClusterMessage,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { ClusterRecord } from '../model.ts'
import { checkManualRetention } from '../snapshots/retention.ts'
import { demandNewName } from './create.ts'
import { checkAutomatedRetention, checkedClusterName, checkPassword } from './identifiers.ts'
import { checkSecurityGroups, isAddress } from './network.ts'
import { checkPort } from './node-types.ts'
import { checkPublicAccess } from './public-access.ts'

/** Throws the refusals of single members and of members that do not go together. */
export function checkChange(cluster: ClusterRecord, input: ModifyClusterMessage, { region }: Context): void {
  checkNotModelled(input)
  checkRetentions(cluster, input)
  checkPassword(input)
  checkSecurityGroups(input.VpcSecurityGroupIds ?? [])
  if (input.Port !== undefined && input.Port !== cluster.facts.Endpoint?.Port)
    checkPort(input.NodeType ?? cluster.facts.NodeType, input.Port)
  checkPublicAccess(region, input.PubliclyAccessible)
  checkElasticIp(cluster.facts, input)
  checkEncryption(cluster.facts, input)
  if (input.NewClusterIdentifier === undefined) return
  const name = checkedClusterName(input.NewClusterIdentifier, 'NewClusterIdentifier')
  if (name !== cluster.id) demandNewName(region, name)
  if (cluster.facts.Encrypted && cluster.facts.ClusterSnapshotCopyStatus) {
    // The name is part of the encryption context (cross-region-snapshot-copy). Unverified: code and wording.
    throw common(
      'InvalidParameterCombination',
      'An encrypted cluster with cross-region snapshot copy enabled cannot be renamed.',
    )
  }
}

function checkNotModelled(input: ModifyClusterMessage) {
  if (input.HsmClientCertificateIdentifier ?? input.HsmConfigurationIdentifier) {
    // "You can't enable HSM encryption by modifying the cluster" (changing-cluster-encryption). Unverified: wording.
    throw fault(UnsupportedOperationFault$, 'HSM encryption cannot be enabled by modifying a cluster.')
  }
  if (input.ClusterSecurityGroups?.length) {
    // Cluster security groups are for clusters outside a VPC (API). Unverified: code and wording.
    throw common(
      'InvalidParameterCombination',
      'Cluster security groups cannot be used with a cluster in a VPC.',
    )
  }
  if (input.IpAddressType !== undefined && input.IpAddressType !== 'ipv4')
    throw fault(UnsupportedOperationFault$, 'The lab models clusters with IpAddressType ipv4 only.')
  if (input.ClusterVersion !== undefined && input.ClusterVersion !== '1.0') {
    // "Only version 1.0 is currently available" (API, CreateCluster). Unverified: code and wording.
    throw common('InvalidParameterValue', `Invalid cluster version: ${input.ClusterVersion}`)
  }
}

function checkRetentions({ facts }: ClusterRecord, input: ModifyClusterMessage) {
  if (input.ManualSnapshotRetentionPeriod !== undefined)
    checkManualRetention(input.ManualSnapshotRetentionPeriod)
  const days = input.AutomatedSnapshotRetentionPeriod
  if (days !== undefined) checkAutomatedRetention(days, input.NodeType ?? facts.NodeType)
}

function checkElasticIp(facts: Cluster, { ElasticIp, PubliclyAccessible }: ModifyClusterMessage) {
  if (ElasticIp === undefined) return
  const isPublic = PubliclyAccessible ?? facts.PubliclyAccessible
  if (isPublic && isAddress(ElasticIp)) return
  // "The cluster must be … publicly-accessible" (API). Wording: the fault's description.
  throw fault(InvalidElasticIpFault$, 'The Elastic IP (EIP) is invalid or cannot be found.')
}

function checkEncryption(facts: Cluster, { Encrypted, KmsKeyId }: ModifyClusterMessage) {
  if (KmsKeyId !== undefined && !(Encrypted ?? facts.Encrypted)) {
    // Unverified: code and wording.
    throw common('InvalidParameterCombination', 'KmsKeyId can only be specified for an encrypted cluster.')
  }
  if (Encrypted === false && facts.MultiAZ === 'Enabled') {
    // Multi-AZ needs encryption (terraform-provider-aws issue 38827). Unverified: wording here.
    throw common('InvalidParameterCombination', 'Your cluster must be encrypted to use Multi-AZ.')
  }
}
