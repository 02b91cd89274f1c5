// Whether a profile exists. The SDK says of one that stands in no file only that no credentials were found.

import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** True when the configuration or the credentials file of AWS has a section for the profile. */
export function hasProfile(name: string, env: NodeJS.ProcessEnv): boolean {
  // https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
  const files = [
    env.AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'),
    env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'),
  ]
  return files.some((file) => sectionsOf(file).includes(name))
}

/** `[profile audit]` and `[audit]` name the same profile. */
function sectionsOf(file: string): string[] {
  try {
    const heads = readFileSync(file, 'utf8').matchAll(/^\s*\[\s*(?:profile\s+)?["']?([^\]"']+?)["']?\s*\]/gm)
    return [...heads].map(([, name = '']) => name)
  } catch {
    return []
  }
}
