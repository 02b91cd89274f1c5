// Judges restXml by the official client of S3.

import * as s3 from '@aws-sdk/client-s3'
import { restXml } from './rest-xml.ts'
import { judge } from './round-trip.ts'

judge(
  {
    name: 's3',
    exports: s3,
    config: new s3.S3Client({ region: 'eu-west-1' }).config,
    make: restXml,
    // Its answer is an event stream.
    except: ['SelectObjectContent'],
  },
  { emptyIsAbsent: true },
)
