// When the weekly report is due: on Monday from 7:00 in the shop's time zone, and for two days where nobody was at work.
// Comes in: an instant and a time zone. Goes out: the Monday that names the week, or `null` outside of these days.

const FROM_HOUR = 7

/** Throws a RangeError for a time zone that there is not; settings are checked before. */
export function reportWeekDue(atMs: number, timeZone: string): string | null {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? ''
  const daysSince = ['Mon', 'Tue'].indexOf(part('weekday'))
  if (daysSince < 0 || (daysSince === 0 && Number(part('hour')) < FROM_HOUR)) return null
  const day = Date.UTC(Number(part('year')), Number(part('month')) - 1, Number(part('day')) - daysSince)
  return new Date(day).toISOString().slice(0, 10)
}
