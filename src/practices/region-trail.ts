// A trail writes down what is done in every region where data lies.

import { parseArn } from '#kit/arn.ts'
import { groupBy } from '#kit/group.ts'
import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { newTrail } from '#model/new-trail.ts'
import { type ChangeDraft, definePractice, fail, pass, said } from '#model/practice.ts'
import type { TrailInRegion, TrailSelectors } from '#model/resource.ts'
import { faultOf, selectionFault, type TrailFault, trailFaults } from '#model/trail-coverage.ts'
import { region, trail } from './examples/region.ts'

export default definePractice({
  id: 'region-trail',
  title: 'A trail writes down what is done where data lies',
  severity: 'high',
  resource: 'account:region',
  needs: ['trails', 'dataRegions'],
  controls: [
    'security-hub/CloudTrail.1',
    'prowler/cloudtrail_multi_region_enabled',
    'prowler/cloudtrail_multi_region_enabled_logging_management_events',
  ],
  references: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/logging-with-cloudtrail.html',
  ],
  why: 'Who shared a snapshot, opened a cluster or disabled a key stands in no log of the warehouse, only in CloudTrail. Its event history forgets after 90 days, and nobody can keep it from there.',
  whenNotTo:
    'Where another system takes the events in, such as CloudTrail Lake: suppress it with that as the reason. CloudTrail.1 asks for more than this does: one trail of all regions, with what only reads.',
  guide: {
    check: {
      cli: [
        'aws cloudtrail describe-trails --query "trailList[].[TrailARN,IsMultiRegionTrail,HomeRegion]"',
        'aws cloudtrail get-trail-status --name TRAIL_ARN',
        'aws cloudtrail get-event-selectors --trail-name TRAIL_ARN',
      ],
      console: [
        'CloudTrail › Trails › TRAIL: Multi-region trail, Trail logging, Last log file delivered, Management events.',
      ],
    },
    change: {
      cli: [
        'aws cloudtrail create-trail --name TRAIL --s3-bucket-name BUCKET --is-multi-region-trail --enable-log-file-validation',
        'aws cloudtrail start-logging --name TRAIL_ARN',
        'aws cloudtrail put-event-selectors --trail-name TRAIL_ARN --event-selectors "ReadWriteType=All,IncludeManagementEvents=true"',
      ],
      console: [
        'CloudTrail › Trails › Create trail: it makes its bucket with the right policy. Trails that are made in the console are for all regions; one that exists is widened by the AWS CLI only.',
        'CloudTrail › Trails › TRAIL › Start logging; Management events › Edit › API activity: Read, Write; clear Exclude AWS KMS events, Save changes.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-update-a-trail-console.html',
    readOn: '2026-11-27',
  },

  settings: {
    bucket: {
      default: '',
      about:
        'The bucket for a trail that is made where there is none, such as that of a log archive account. Its policy must let CloudTrail write. Not stated: a new bucket in the account.',
    },
  },

  check({ trails, facts: { Region } }) {
    const [best] = trails.map((one) => ({ one, fault: faultOf(one) })).sort(byFault)
    if (!best) return fail('no-trail', 'has no trail that sees it')
    const name = best.one.facts.Name ?? best.one.arn
    const others =
      trails.length > 1 ? `, nor is any of ${counted(trails.length - 1, 'other trail')} better` : ''
    const states = { observed: said(best.one.status.LatestDeliveryTime ?? null, 'trails') }
    return best.fault
      ? fail(best.fault, `has the trail ${name}, ${spoken[best.fault]}${others}`, states)
      : pass('written', `has what is changed in ${Region} written down by the trail ${name}`, states)
  },

  remediation: {
    summary:
      'Start the trail, or let it write all management events down. Where there is none, make one of all regions, with a bucket for it.',
    impact: 'none',
    steps(subject, { settings: { bucket }, policy: { allowedRegions }, now }) {
      const { trails, account, partition } = subject
      const judged = trails.map((one) => ({ one, fault: faultOf(one) })).sort(byFault)
      if (judged.length === 0) {
        // The same for every region of the account, so that one plan makes one trail.
        const { dataRegions } = subject
        const allowed = dataRegions.filter((one) => allowedRegions?.includes(one) !== false)
        const home = allowed[0] ?? allowedRegions?.[0] ?? subject.region
        return newTrail({ partition, account, home, now, ...(bucket !== '' && { bucket }) })
      }
      // A member of an organization sees its trail under the ARN of the account that manages it.
      const best = judged.find(({ one }) => parseArn(one.arn)?.account === account)
      if (!best) return { none: 'it is a trail of the organization, which its members cannot change' }
      if (best.fault === 'not-delivered')
        return { none: 'its bucket must take the logs again: see the error of its last delivery' }
      const { one } = best
      const widened = selectionFault(one.selectors) ? widening(one) : []
      return [...(one.status.IsLogging ? [] : [starting(one)]), ...widened]
    },
  },

  examples: {
    pass: {
      'a trail of the region, as it is made': region({ reason: 'written', trails: [trail()] }),
      'a trail of all regions besides one that stopped': region({
        reason: 'written',
        trails: [
          trail({ status: { IsLogging: false } }),
          trail({ facts: { Name: 'all', IsMultiRegionTrail: true } }),
        ],
      }),
    },
    fail: {
      'no trail at all': region({ reason: 'no-trail', trails: [] }),
      'it has stopped': region({ reason: 'stopped', trails: [trail({ status: { IsLogging: false } })] }),
      'it writes down only what reads': region({
        reason: 'no-writes',
        trails: [
          trail({
            selectors: { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
          }),
        ],
      }),
      'it writes down data events only, in as many selectors as there may be': region({
        reason: 'no-writes',
        trails: [
          trail({
            selectors: {
              EventSelectors: (['a', 'b', 'c', 'd', 'e'] as const).map((name) => ({
                ReadWriteType: name < 'd' ? ('WriteOnly' as const) : ('All' as const),
                IncludeManagementEvents: false,
                DataResources: [{ Type: 'AWS::S3::Object', Values: [`arn:aws:s3:::acme-${name}/`] }],
                ExcludeManagementEventSources: [],
              })),
            },
          }),
        ],
      }),
      'keys are left out': region({
        reason: 'keys-left-out',
        trails: [
          trail({
            selectors: {
              EventSelectors: [
                {
                  ReadWriteType: 'All',
                  IncludeManagementEvents: true,
                  ExcludeManagementEventSources: ['kms.amazonaws.com'],
                },
              ],
            },
          }),
        ],
      }),
    },
  },
})

const spoken: Record<TrailFault, string> = {
  'keys-left-out': 'which leaves out what is done to keys',
  'no-writes': 'which does not write down the calls that change something',
  'not-delivered': 'whose last delivery failed',
  stopped: 'which has stopped',
}

type Judged = { fault: TrailFault | undefined }
const rank = ({ fault }: Judged) => (fault ? trailFaults.indexOf(fault) : -1)
const byFault = (one: Judged, other: Judged) => rank(one) - rank(other)

/** A trail is changed in its home region only. */
function starting({ arn, facts: { Name = arn, HomeRegion } }: TrailInRegion): ChangeDraft {
  return {
    title: `Start the trail ${Name}`,
    ...(HomeRegion && { region: HomeRegion }),
    call: call('cloudtrail:StartLogging', { Name: arn }),
    effects: [{ resource: arn, fact: 'status.IsLogging', before: false, after: true }],
    console: `CloudTrail › Trails › ${Name} › Start logging`,
    impact: 'none',
    undo: {
      call: call('cloudtrail:StopLogging', { Name: arn }),
      console: `CloudTrail › Trails › ${Name} › Stop logging`,
    },
  }
}

type Selector = NonNullable<TrailSelectors['EventSelectors']>[number]

/** So many basic selectors a trail may have: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html */
const most = 5

/** The same data events in a selector for each way of use, of which there are three: how many resources one names does not matter. */
function inFewer(selectors: readonly Selector[]): Selector[] {
  const byUse = groupBy(selectors, ({ ReadWriteType = 'All' }) => ReadWriteType)
  return [...byUse.values()].map((same) => {
    const byType = groupBy(
      same.flatMap(({ DataResources = [] }) => DataResources),
      ({ Type }) => Type,
    )
    const DataResources = [...byType].map(([Type, those]) => ({
      ...(Type && { Type }),
      Values: [...new Set(those.flatMap(({ Values = [] }) => Values))],
    }))
    return { ...(same[0] as Selector), DataResources }
  })
}

/** All management events besides the data events that it selects already. */
function widening({ arn, facts: { Name = arn, HomeRegion }, selectors }: TrailInRegion): ChangeDraft[] {
  const { EventSelectors: basic, AdvancedEventSelectors: advanced = [] } = selectors
  const all = {
    ReadWriteType: 'All' as const,
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  }
  // Whether a selector of data events has those that read, or those that write, is not for this to say.
  const ofData = basic
    ?.filter(({ DataResources = [] }) => DataResources.length > 0)
    .map((one) => ({ ...one, IncludeManagementEvents: false, ExcludeManagementEventSources: [] }))
  const isData = ({ FieldSelectors = [] }: (typeof advanced)[number]) =>
    !FieldSelectors.some(({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management'))
  const management = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }
  const after = ofData
    ? { EventSelectors: [all, ...(ofData.length < most ? ofData : inFewer(ofData))] }
    : { AdvancedEventSelectors: [management, ...advanced.filter(isData)] }
  const fact = basic ? 'selectors.EventSelectors' : 'selectors.AdvancedEventSelectors'
  const place = `CloudTrail › Trails › ${Name} › Management events › Edit`
  return [
    {
      title: `Let the trail ${Name} write down all management events`,
      ...(HomeRegion && { region: HomeRegion }),
      call: call('cloudtrail:PutEventSelectors', { TrailName: arn, ...after }),
      effects: [
        {
          resource: arn,
          fact,
          before: (basic ?? advanced) as never,
          after: Object.values(after)[0] as never,
        },
      ],
      console: `${place}: Read, Write, no exclusion`,
      impact: 'none',
      notes: ['events of KMS are many, and a second copy of management events has its price'],
      undo: {
        call: call('cloudtrail:PutEventSelectors', { TrailName: arn, ...selectors }),
        console: `${place}: as it was`,
      },
    },
  ]
}
