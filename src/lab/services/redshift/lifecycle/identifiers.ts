// What names, passwords and retentions of clusters may look like.

import { common } from '#lab/wire/errors.ts'
import { isReserved } from '../reserved-words.ts'
import { isDenseCompute } from './node-types.ts'

/** A cluster's name as it is kept, in lower case, or AWS's refusal (rules: API, CreateCluster). */
export function checkedClusterName(name: string, member = 'ClusterIdentifier'): string {
  const id = name.toLowerCase()
  if (id.length >= 1 && id.length <= 63 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return id
  // Unverified: code and wording, which are those for parameter groups.
  throw common(
    'InvalidParameterValue',
    `The parameter ${member} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
  )
}

/** Throws unless a database can have the name. */
export function checkDatabaseName(name: string): void {
  // Wording: terraform pull request 12313.
  if (name !== name.toLowerCase())
    throw common('InvalidParameterValue', 'Only lowercase Database names are supported.')
  demandUnreserved('DBName', name)
  if (/^[a-z_][a-z0-9_$]{0,63}$/.test(name)) return
  // Unverified: code and wording.
  throw common(
    'InvalidParameterValue',
    'The parameter DBName must begin with a letter and contain only alphanumeric characters.',
  )
}

// "Cannot be a word that is reserved by the service" (API, CreateCluster). Unverified: code and wording.
function demandUnreserved(member: string, name: string) {
  if (isReserved(name))
    throw common('InvalidParameterValue', `The parameter ${member} is a reserved word: ${name}`)
}

/** Throws unless the admin user can have the name. Unverified: code and wording. */
export function checkUserName(name: string): void {
  demandUnreserved('MasterUsername', name)
  if (/^[a-z][a-z0-9_+.@-]{0,127}$/.test(name) && name !== 'public') return
  throw common('InvalidParameterValue', 'The parameter MasterUsername is not a valid user name.')
}

/** What a request says about the admin's password. */
export type PasswordWish = {
  MasterUserPassword?: string | undefined
  ManageMasterPassword?: boolean | undefined
  MasterPasswordSecretKmsKeyId?: string | undefined
}

/** Throws unless password, managed password and the secret's key go together. */
export function checkPassword(wish: PasswordWish): void {
  const {
    MasterUserPassword: password,
    ManageMasterPassword: managed,
    MasterPasswordSecretKmsKeyId: key,
  } = wish
  // "You can't use MasterUserPassword if ManageMasterPassword is true" (API). Unverified: code and wording of both.
  if (managed && password !== undefined) {
    throw common(
      'InvalidParameterCombination',
      "You can't use MasterUserPassword if ManageMasterPassword is true.",
    )
  }
  if (key !== undefined && !managed) {
    throw common(
      'InvalidParameterCombination',
      'You can only use MasterPasswordSecretKmsKeyId if ManageMasterPassword is true.',
    )
  }
  if (password !== undefined) checkCharacters(password)
}

function checkCharacters(password: string) {
  if (!/^[!-~]*$/.test(password) || /['"\\/@]/.test(password)) {
    // Wording: terraform pull request 12313.
    throw common(
      'InvalidParameterValue',
      `The parameter MasterUserPassword is not a valid password. Only printable ASCII characters except for '/', '@', '"', ' ', '\\', ''' may be used.`,
    )
  }
  const isLong = password.length >= 8 && password.length <= 64
  if (isLong && /[A-Z]/.test(password) && /[a-z]/.test(password) && /[0-9]/.test(password)) return
  // Rules: API, CreateCluster. Unverified: code and wording.
  throw common(
    'InvalidParameterValue',
    'The parameter MasterUserPassword must contain 8 to 64 characters, at least one uppercase letter, one lowercase letter and one number.',
  )
}

/** Throws unless automated snapshots can be kept so many days on that node type. */
export function checkAutomatedRetention(days: number, nodeType: string | undefined): void {
  if (!Number.isInteger(days) || days < 0 || days > 35) {
    // The service's own words, as recorded by the cdk-preflight rules for CreateCluster.
    const range = 'Retention period must be between 0 and 35.'
    throw common('InvalidParameterValue', `Invalid automated snapshot retention period: ${days}. ${range}`)
  }
  if (days === 0 && !isDenseCompute(nodeType)) {
    // Words: API, ModifyCluster. Unverified: the code.
    const advice = 'Set the automated retention period from 1-35 days.'
    throw common(
      'InvalidParameterValue',
      `You can't disable automated snapshots for RG or RA3 node types. ${advice}`,
    )
  }
}
