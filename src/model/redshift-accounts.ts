// The accounts from which Redshift itself uses keys, by region:
// https://docs.aws.amazon.com/redshift/latest/mgmt/logging-with-cloudtrail.html, read on 2026-11-22.

const byRegion: Readonly<Record<string, string>> = {
  'us-east-1': '368064434614',
  'us-east-2': '790247189693',
  'us-west-1': '703715109447',
  'us-west-2': '473191095985',
  'eu-west-1': '246478207311',
  'eu-central-1': '434091160558',
  'eu-west-2': '885798887673',
  'eu-west-3': '694668203235',
  'eu-north-1': '553461782468',
  'eu-south-1': '041313461515',
  'eu-south-2': '028811157404',
  'eu-central-2': '668912161003',
  'ap-northeast-1': '615915377779',
  'ap-northeast-2': '713597048934',
  'ap-northeast-3': '398671365691',
  'ap-south-1': '408097707231',
  'ap-south-2': '297058826802',
  'ap-southeast-1': '960118270566',
  'ap-southeast-2': '485979073181',
  'ap-southeast-3': '623197973179',
  'ap-southeast-4': '945512339897',
  'ap-southeast-5': '590184011157',
  'ap-southeast-6': '730335362089',
  'ap-southeast-7': '767397930036',
  'ap-east-1': '651179539253',
  'ap-east-2': '211125526206',
  'ca-central-1': '764870610256',
  'ca-west-1': '830903446466',
  'sa-east-1': '392442076723',
  'me-south-1': '051362938876',
  'me-central-1': '595013617770',
  'il-central-1': '901883065212',
  'af-south-1': '420376844563',
  'mx-central-1': '058264411980',
}

const all = new Set(Object.values(byRegion))

/** Whether an account is Redshift's own. */
export function isRedshiftAccount(account: string): boolean {
  return all.has(account)
}

/** Whether it is known which account is Redshift's own in a region; the page leaves out GovCloud and China. */
export function isRedshiftKnownIn(region: string): boolean {
  return region in byRegion
}
