// How bad a failed practice is: the five words that ASFF, OCSF and Prowler share, worst last.

export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const

export type Severity = (typeof severities)[number]

/** True when `severity` is `least` or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(least)
}
