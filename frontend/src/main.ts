import '@fontsource-variable/inter/opsz.css'
import '@/styles/main.css'
import '@/styles/print.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import { onSignedOut } from '@/api/client'
import { onAnswer } from '@/api/http'
import App from '@/App.vue'
import { useAppearance } from '@/composables/useAppearance'
import { firstLanguage, i18n, setLanguage } from '@/i18n'
import { createDesign } from '@/plugins/vuetify'
import { createPages } from '@/router'
import { useAuthStore } from '@/stores/auth'
import { useFreshnessStore } from '@/stores/freshness'
import { useNoticeStore } from '@/stores/notices'
import { useUpdateStore } from '@/stores/updates'
import { applyTokens } from '@/styles/tokens'

const { mode } = useAppearance()
applyTokens(document.documentElement, mode.value)
const language = setLanguage(firstLanguage())

const router = createPages(createWebHistory(), useAuthStore)
onSignedOut(() => {
  useAuthStore().forget()
  const here = router.currentRoute.value
  if (here.meta.who === 'athlete') void router.replace({ name: 'sign-in', query: { next: here.fullPath } })
})

onAnswer((copiedAt) => useFreshnessStore().note(copiedAt))

// A page opened before an update asks for parts that the update replaced: offer the new version.
window.addEventListener('vite:preloadError', () => {
  const { t } = i18n.global
  useNoticeStore().offer(t('app.outdated'), t('app.reload'), () => location.reload())
})

// Who is there is asked, and the page fetched, while the words come.
const app = createApp(App).use(createPinia()).use(i18n).use(router).use(createDesign(mode.value))
await language
app.mount('#app')

// Last: fetching the whole app for later must not hold up what is looked at now.
const watchUpdates = (): void => useUpdateStore().watch('/sw.js')
if (import.meta.env.PROD) {
  if (document.readyState === 'complete') watchUpdates()
  else window.addEventListener('load', watchUpdates)
}
