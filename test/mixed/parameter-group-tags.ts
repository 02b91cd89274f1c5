// Default groups take no tags, and are not judged.

import type { Column } from './resources.ts'

export default {
  judges: [
    'arn:aws:redshift:eu-central-1:111122223333:parametergroup:analytics',
    'arn:aws:redshift:eu-central-1:111122223333:parametergroup:rollout',
    'arn:aws:redshift:eu-central-1:111122223333:parametergroup:opening',
    'arn:aws:redshift:eu-central-1:111122223333:parametergroup:unused-open',
    'arn:aws:redshift:eu-west-1:111122223333:parametergroup:analytics',
    'arn:aws:redshift:eu-west-1:111122223333:parametergroup:sealed',
    'arn:aws:redshift:us-east-1:111122223333:parametergroup:strict',
    'arn:aws:redshift:eu-central-1:444455556666:parametergroup:lake',
    'arn:aws:redshift:eu-central-1:444455556666:parametergroup:analytics',
  ],
  usual: 'fail missing',
  except: {
    ':rollout': 'pass tagged',
  },
} satisfies Column
