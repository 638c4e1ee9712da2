import { useMediaQuery, useStorage } from '@vueuse/core'
import { computed, ref, watchEffect, type ComputedRef, type Ref } from 'vue'
import { useTheme } from 'vuetify'
import { applyTokens, type Mode } from '@/styles/tokens'

export type Appearance = 'system' | Mode

const chosen = useStorage<Appearance>('posecoach.appearance', 'system')
const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
/** A page that is always dark (training) overrides the choice while it is shown. */
const forced = ref<Mode | null>(null)

const mode = computed<Mode>(() => {
  if (forced.value) return forced.value
  if (chosen.value === 'light' || chosen.value === 'dark') return chosen.value
  return systemDark.value ? 'dark' : 'light'
})

/** Light, dark or as the system says; kept between visits. */
export function useAppearance(): {
  chosen: Ref<Appearance>
  mode: ComputedRef<Mode>
  forced: Ref<Mode | null>
} {
  return { chosen, mode, forced }
}

/** Called once, by the app: carries the mode into the tokens and into Vuetify. */
export function applyAppearance(): void {
  const theme = useTheme()
  watchEffect(() => {
    applyTokens(document.documentElement, mode.value)
    theme.change(mode.value)
  })
}
