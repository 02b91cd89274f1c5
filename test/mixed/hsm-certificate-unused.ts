// What let the cluster in to the module that was given back.

import type { Column } from './resources.ts'

export default {
  judges: ['arn:aws:redshift:eu-west-1:111122223333:hsmclientcertificate:vault-2014'],
  usual: 'fail unused',
  except: {},
} satisfies Column
