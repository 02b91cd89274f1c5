// Calls as AWS CLI lines: what a shell makes of them is what was meant.

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { call } from './action.ts'
import { cliLine, kebab } from './aws-cli.ts'

/** The words that a shell passes on. */
function words(line: string): string[] {
  const program = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))'
  const shell = line.replace(/^aws /, `"$NODE" -e '${program}' -- `)
  return JSON.parse(execFileSync('sh', ['-c', shell], { env: { NODE: process.execPath } }).toString())
}

describe('an AWS CLI line', () => {
  it('spells options as the AWS CLI does', () => {
    expect(kebab('S3KeyPrefix')).toBe('s3-key-prefix')
    expect(kebab('DBName')).toBe('db-name')
    expect(kebab('AccountWithRestoreAccess')).toBe('account-with-restore-access')
  })

  it('writes lists, structures and switches', () => {
    const parameters = [{ ParameterName: 'require_ssl', ParameterValue: 'true' }]
    const modify = call('redshift:ModifyClusterParameterGroup', {
      ParameterGroupName: 'own',
      Parameters: parameters,
    })
    expect(cliLine(modify, 'eu-west-1')).toBe(
      'aws redshift modify-cluster-parameter-group --parameter-group-name own --parameters ParameterName=require_ssl,ParameterValue=true --region eu-west-1',
    )
    const open = call('redshift:ModifyCluster', { ClusterIdentifier: 'sales', PubliclyAccessible: false })
    expect(cliLine(open, 'eu-west-1')).toContain('--no-publicly-accessible')
  })

  it('quotes whatever stands in a value, so that nothing of it is run', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => !text.includes('\u0000')),
        (text) => {
          const line = cliLine(call('redshift:RebootCluster', { ClusterIdentifier: text }), 'eu-west-1')
          expect(words(line)).toEqual([
            'redshift',
            'reboot-cluster',
            '--cluster-identifier',
            text,
            '--region',
            'eu-west-1',
          ])
        },
      ),
      { numRuns: 25, examples: [["'; touch /tmp/x; '"], ['$(id)'], ['`id`'], ['a\nb'], ['-x']] },
    )
  })
})
