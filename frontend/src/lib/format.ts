/** Numbers, days and durations in the athlete's language and time zone. No Vue, no store. */

/** Time zone of this device, "UTC" where the browser does not tell. */
export function deviceTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** All time zones that the browser knows, with the device's own among them. */
export function timeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), deviceTimeZone(), 'UTC'])].sort()
}

/** Local day of an instant, "2026-11-22". */
export function localDay(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(iso))
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Midnight UTC of a local day, for formatting and for axes that must not shift it. */
export function dayAsDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

export function formatInstant(
  iso: string,
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): string {
  return new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(new Date(iso))
}

export function formatDay(
  day: string,
  locale: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' },
): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(dayAsDate(day))
}

export function formatNumber(value: number, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
}

/** A share in [0, 1] as "92 %". */
export function formatPercent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
}

export type Unit = 'second' | 'minute' | 'hour' | 'degree'

/** A number with its unit in words: "2.5 seconds", "98 Grad". */
export function formatUnit(value: number, unit: Unit, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: digits,
  }).format(value)
}

/** Whole seconds below a minute, whole minutes below an hour, then hours and minutes. */
export function formatDuration(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return formatUnit(whole, 'second', locale)
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return formatUnit(minutes, 'minute', locale)
  const parts = [formatUnit(Math.floor(minutes / 60), 'hour', locale)]
  if (minutes % 60) parts.push(formatUnit(minutes % 60, 'minute', locale))
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts)
}

/** To the second below ten minutes, as a hold deserves; coarser above. */
export function formatHold(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60 || whole >= 600 || whole % 60 === 0) return formatDuration(whole, locale)
  const parts = [
    formatUnit(Math.floor(whole / 60), 'minute', locale),
    formatUnit(whole % 60, 'second', locale),
  ]
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts)
}

/** Position in a set as on a clock: 65,000 ms is "1:05". */
export function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A moment to the tenth of a second: 3,250 ms is "0:03.2". */
export function formatMoment(ms: number, locale: string): string {
  const tenths = Math.max(0, Math.floor(ms / 100))
  const seconds = new Intl.NumberFormat(locale, {
    minimumIntegerDigits: 2,
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format((tenths % 600) / 10)
  return `${Math.floor(tenths / 600)}:${seconds}`
}

export function formatList(items: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' }).format(items)
}

/** Middle value, or null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] as number
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
