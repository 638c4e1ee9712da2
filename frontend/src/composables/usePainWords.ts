import { useI18n } from 'vue-i18n'
import type { Pain } from '@/api/athletes'

/** What an athlete has said of pain, in a few words: "Pain 4 of 10, knee". */
export function usePainWords(): { say: (pain: Pick<Pain, 'level' | 'area'>) => string } {
  const { t } = useI18n()
  return {
    say: ({ level, area }) =>
      area
        ? t('athletes.painAt', { level, area: t(`athletes.area.${area}`) })
        : t('athletes.pain', { level }),
  }
}
