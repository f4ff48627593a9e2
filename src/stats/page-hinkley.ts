// Has a series left the level that it had, and when was it noticed? Comes in: values one after another, such as the daily
// attach rate as a distance from the expected one in standard errors. Goes out: the first value at which the alarm is
// raised, and in which direction; `null` while there is none. A slow drift moves the mean along and is noticed late or
// never; what was always low is not noticed at all.
// Source: Page 1954, "Continuous inspection schemes"; Hinkley 1971; forgetting and both sides as in river (PageHinkley).

export type PageHinkleySettings = {
  /** No alarm before so many values. */
  readonly least: number
  /** Per value, in the unit of the values: what counts as no change. */
  readonly slack: number
  /** Sum of distances beyond the slack that raises the alarm. */
  readonly threshold: number
  /** Of the sum, kept from value to value; at most 1. */
  readonly kept: number
}

/**
 * For values in standard errors. Of 1,000 simulated years without change 15 raised an alarm (with a threshold of 8 it were
 * 646); a fall by one standard error after 90 days, such as from 5 % to 3.7 % of 300 exposures a day, was noticed after 22
 * days (median), one by two after 8.
 */
export const forStandardErrors: PageHinkleySettings = { least: 30, slack: 0.25, threshold: 16, kept: 0.9999 }

export type Shift = {
  /** Place of the value that raised the alarm, from 0. */
  readonly at: number
  readonly direction: 'up' | 'down'
}

export function findShift(
  values: Iterable<number>,
  settings: PageHinkleySettings = forStandardErrors,
): Shift | null {
  const { least, slack, threshold, kept } = settings
  let [at, mean, up, down] = [0, 0, 0, 0]
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    mean += (value - mean) / (at + 1)
    up = kept * up + value - mean - slack
    down = kept * down + value - mean + slack
    lowest = Math.min(lowest, up)
    highest = Math.max(highest, down)
    if (at + 1 >= least && up - lowest > threshold) return { at, direction: 'up' }
    if (at + 1 >= least && highest - down > threshold) return { at, direction: 'down' }
    at += 1
  }
  return null
}
