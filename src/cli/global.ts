// The options that every command takes. Their names and environment variables are AWS's own.

import type { OptionSpec, OptionValues } from './command.ts'

export const globalOptions = {
  profile: { value: 'name', about: 'Profile of the AWS configuration to use (AWS_PROFILE).' },
  region: {
    value: 'region',
    many: true,
    about: 'Region to look into; may be repeated (AWS_REGION, AWS_DEFAULT_REGION).',
  },
  allRegions: { about: 'Look into every region that the account of the credentials has enabled.' },
  endpointUrl: {
    value: 'url',
    about: 'Send every AWS call here instead (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_REDSHIFT).',
  },
  workspace: {
    value: 'folder',
    default: '.redoubt',
    about: 'Folder for inventories, assessments, plans and journals.',
  },
  settings: { value: 'file', about: 'Settings file (default redoubt.yaml, where there is one).' },
  color: {
    value: 'when',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    about: 'Colour of the output: auto is only on a terminal (NO_COLOR is obeyed).',
  },
} as const satisfies Record<string, OptionSpec>

export type GlobalOptions = OptionValues<typeof globalOptions>
