// The database user behind a caller.

/** "IAM:" and the user's name, or "IAMR:" and the role's (API, GetClusterCredentialsWithIAM, which GetCredentials of serverless matches). */
export function databaseUser(arn: string): string {
  const [kind, ...path] = (arn.split(':')[5] ?? '').split('/')
  if (kind === 'assumed-role') return `IAMR:${path[0]}`
  return kind === 'user' ? `IAM:${path.at(-1)}` : `IAM:${kind}`
}
