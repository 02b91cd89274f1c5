// Workgroups carry the tags that the user wants everywhere.

import { definePractice } from '#model/practice.ts'
import { isKept } from '#model/serverless.ts'
import { requiresTags, taggedServerless } from '#model/tagging.ts'
import { workgroup } from './examples/workgroup.ts'

export default definePractice({
  id: 'workgroup-tags',
  title: 'Workgroups carry the required tags',
  severity: 'low',
  resource: 'redshift-serverless:workgroup',
  needs: ['tags'],
  controls: [],
  references: ['https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_TagResource.html'],
  why: 'Who answers for a warehouse, and what it may hold, is only known when it says so itself; policies that permit by tags do nothing for what has none.',
  whenNotTo:
    'Where another list says who owns what: leave requiredTags out of redoubt.yaml, and nothing is judged by tags.',
  guide: {
    check: {
      cli: ['aws redshift-serverless list-tags-for-resource --resource-arn ARN'],
      console: ['Amazon Redshift Serverless › Workgroup configuration › WORKGROUP: Tags.'],
    },
    change: {
      cli: ['aws redshift-serverless tag-resource --resource-arn ARN --tags key=owner,value=TEAM'],
      console: [
        'Amazon Redshift Serverless › Manage Tags: workgroups, Search resources, WORKGROUP › Manage tags: add it, Save changes, Apply.',
        'Only a person knows the value; Redoubt therefore adds none.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-tagging-resources.html',
    readOn: '2026-11-27',
  },

  asks: requiresTags,
  concerns: isKept,

  check: ({ tags }, { policy }) => taggedServerless(tags, policy),

  examples: {
    pass: {
      'it carries what is required': workgroup({
        reason: 'tagged',
        tags: { owner: 'planning', cost: '4711' },
        policy: { requiredTags: ['owner'] },
      }),
    },
    fail: {
      'one of two is missing': workgroup({
        reason: 'missing',
        tags: { owner: 'planning' },
        policy: { requiredTags: ['owner', 'classification'] },
      }),
    },
  },
})
