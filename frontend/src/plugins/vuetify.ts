import 'vuetify/styles'
import { createVuetify, type ThemeDefinition } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { createVueI18nAdapter } from 'vuetify/locale/adapters/vue-i18n'
import { useI18n } from 'vue-i18n'
import { i18n } from '@/i18n'
import { palettes, type Mode } from '@/styles/tokens'

function theme(mode: Mode): ThemeDefinition {
  const p = palettes[mode]
  return {
    dark: mode === 'dark',
    colors: {
      background: p.paper,
      'on-background': p.ink,
      surface: p.surface,
      'on-surface': p.ink,
      'surface-variant': p.ink,
      'on-surface-variant': p.paper,
      primary: p.primary,
      'on-primary': p.onPrimary,
      secondary: p.inkSoft,
      error: p.error,
      info: p.counted,
      warning: p.attempt,
      success: p.primary,
    },
  }
}

/** The nonce that lets Vuetify put its theme into the page under our policy. */
function cspNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')
  return meta?.content || meta?.nonce || undefined
}

export function createDesign(mode: Mode): ReturnType<typeof createVuetify> {
  const nonce = cspNonce()
  return createVuetify({
    locale: { adapter: createVueI18nAdapter({ i18n, useI18n }) },
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    theme: {
      defaultTheme: mode,
      themes: { light: theme('light'), dark: theme('dark') },
      ...(nonce ? { cspNonce: nonce } : {}),
    },
    defaults: {
      VBtn: { rounded: 'pill', variant: 'flat', size: 'large' },
      VTextField: { variant: 'outlined', rounded: 'lg', hideDetails: 'auto', color: 'primary' },
      VTextarea: { variant: 'outlined', rounded: 'lg', hideDetails: 'auto', color: 'primary' },
      VSelect: { variant: 'outlined', rounded: 'lg', hideDetails: 'auto', color: 'primary' },
      VAutocomplete: { variant: 'outlined', rounded: 'lg', hideDetails: 'auto', color: 'primary' },
      VMenu: { offset: 6 },
      VList: { rounded: 'lg', elevation: 0 },
    },
  })
}
