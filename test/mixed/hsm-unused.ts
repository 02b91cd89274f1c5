// The configuration of a module that was given back.

import type { Column } from './resources.ts'

export default {
  judges: ['arn:aws:redshift:eu-west-1:111122223333:hsmconfiguration:vault-2014'],
  usual: 'fail unused',
  except: {},
} satisfies Column
