import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { currentLanguage, LANGUAGES } from '@/i18n'
import * as format from '@/lib/format'
import { useAuthStore } from '@/stores/auth'

type Counted = 'reps' | 'sets' | 'workouts' | 'attempts' | 'exercises'

interface Format {
  locale: ComputedRef<string>
  number: (value: number, digits?: number) => string
  /** "12 reps", in the page's language and with its plural. */
  count: (what: Counted, value: number) => string
  duration: (seconds: number) => string
  /** A duration to the second: for holds. */
  hold: (seconds: number) => string
  unit: (value: number, unit: format.Unit, digits?: number) => string
  list: (items: readonly string[]) => string
  /** Sentences one after the other; Chinese puts no space between them. */
  sentences: (texts: readonly string[]) => string
  instant: (iso: string, options: Intl.DateTimeFormatOptions, timeZone?: string) => string
  day: (day: string, options?: Intl.DateTimeFormatOptions) => string
  localDay: (iso: string, timeZone?: string) => string
}

/** lib/format bound to the page's language and the athlete's time zone. */
export function useFormat(): Format {
  const { t } = useI18n()
  const auth = useAuthStore()
  const locale = computed(() => LANGUAGES[currentLanguage()].locale)
  const number = (value: number, digits = 0): string => format.formatNumber(value, locale.value, digits)

  return {
    locale,
    number,
    count: (what, value) => t(`units.${what}`, { n: number(value) }, value),
    hold: (seconds) => format.formatHold(seconds, locale.value),
    duration: (seconds) => format.formatDuration(seconds, locale.value),
    unit: (value, unit, digits) => format.formatUnit(value, unit, locale.value, digits),
    list: (items) => format.formatList(items, locale.value),
    sentences: (texts) => texts.filter(Boolean).join(currentLanguage() === 'zh' ? '' : ' '),
    instant: (iso, options, timeZone = auth.timeZone) =>
      format.formatInstant(iso, locale.value, timeZone, options),
    day: (day, options) => format.formatDay(day, locale.value, options),
    localDay: (iso, timeZone = auth.timeZone) => format.localDay(iso, timeZone),
  }
}
