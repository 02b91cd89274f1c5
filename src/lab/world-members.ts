// Which members a world, its accounts and its regions may have: a name that nobody reads would be a silent mistake.

import { demandMembers } from './seed-members.ts'
import { seedMembers } from './services/index.ts'
import type { AccountSeed, World } from './world.ts'

// What the lab itself reads, whatever the services are.
const ofAccount = ['alias', 'partition', 'accessKeys', 'users', 'groups', 'roles', 'policies', 'regions']

/** The members an account or a region of a world may have. */
export function membersOf(level: 'account' | 'region'): string[] {
  return [...(level === 'account' ? ofAccount : []), ...seedMembers(level)]
}

/** Refuses a world with a member that nothing reads, in one sentence that names the place. */
export function checkMembers(world: World): void {
  demandMembers(world, ['name', 'about', 'accounts', 'faults'], 'the world')
  for (const [id, account] of Object.entries(world.accounts)) checkAccount(id, account)
}

function checkAccount(id: string, account: AccountSeed) {
  const allowed = { account: membersOf('account'), region: membersOf('region') }
  demandMembers(account, allowed.account, `account ${id}`, [allowed.region, 'one of its regions'])
  checkLists(account, `account ${id}`)
  for (const key of account.accessKeys) {
    const where = `access key ${key.id} of account ${id}`
    demandMembers(key, ['id', 'secret', 'user', 'sessionToken', 'expired', 'denied'], where)
    checkDenials(key.denied, where)
  }
  for (const role of account.roles ?? []) {
    checkDenials(role.denied, `role ${role.name} of account ${id}`)
  }
  for (const [name, region] of Object.entries(account.regions)) {
    const where = `region ${name} of account ${id}`
    demandMembers(region, allowed.region, where, [allowed.account, 'the account'])
    checkLists(region, where)
  }
}

// All other members are lists of objects.
const single = ['alias', 'partition', 'regions', 'organization', 'publicAccessBlock', 'vpcBlockPublicAccess']

function checkLists(seed: object, where: string) {
  for (const [name, list] of Object.entries(seed)) {
    if (list === undefined || single.includes(name)) continue
    if (!Array.isArray(list)) throw new Error(`${name} of ${where} must be a list`)
    const wrong = list.find((item) => typeof item !== 'object' || item === null)
    if (wrong !== undefined)
      throw new Error(`${name} of ${where} must hold objects, not ${JSON.stringify(wrong)}`)
  }
}

function checkDenials(denied: object[] | undefined, where: string) {
  for (const denial of denied ?? []) {
    demandMembers(denial, ['action', 'region', 'resource'], `a denial of ${where}`)
  }
}
