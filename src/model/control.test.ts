// What practices answer to, and what follows from it.

import { expect, test } from 'vitest'
import { byCatalogue, controls, requirementsOf } from './control.ts'

test('a control of Security Hub brings its AWS Config rule and what its page relates to it', () => {
  expect(
    requirementsOf(['prowler/redshift_cluster_in_transit_encryption_enabled', 'security-hub/Redshift.2']),
  ).toEqual([
    'security-hub/Redshift.2',
    'aws-config/redshift-require-tls-ssl',
    'prowler/redshift_cluster_in_transit_encryption_enabled',
    ...['AC-4', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)'].map(
      (id) => `nist-800-53-r5/${id}`,
    ),
    'pci-dss-4.0.1/4.2.1',
  ])
})

test('what two controls share is there once', () => {
  const ids = requirementsOf(['security-hub/KMS.3', 'security-hub/KMS.4'])
  expect(ids.filter((id) => id === 'nist-800-53-r5/SC-12')).toHaveLength(1)
  expect(ids).toContain('nist-800-53-r5/SC-28(3)')
})

test('every id is of the form that its catalogue has', () => {
  const forms: Record<string, RegExp> = {
    'security-hub': /^[A-Z]\w+\.\d+$/,
    'aws-config': /^[a-z0-9]+(-[a-z0-9]+)+$/,
    prowler: /^[a-z0-9]+(_[a-z0-9]+)+$/,
    'nist-800-53-r5': /^[A-Z]{2}-\d+(\(\d+\))?$/,
    'pci-dss-4.0.1': /^\d+(\.\d+)+$/,
  }
  const all = requirementsOf(controls)
  expect(all.length).toBeGreaterThan(100)
  for (const id of all) {
    const [catalogue = '', own = ''] = id.split('/')
    expect(own, id).toMatch(forms[catalogue] ?? /^$/)
  }
})

test('readers see them by catalogue, those of Security Hub with their title', () => {
  expect(byCatalogue(requirementsOf(['security-hub/Redshift.15']))).toEqual([
    [
      'AWS Security Hub',
      [
        {
          id: 'Redshift.15',
          title:
            'Redshift security groups should allow ingress on the cluster port only from restricted origins',
        },
      ],
    ],
    ['AWS Config', [{ id: 'redshift-unrestricted-port-access', title: undefined }]],
    ['PCI DSS v4.0.1, as Security Hub relates it', [{ id: '1.3.1', title: undefined }]],
  ])
})
