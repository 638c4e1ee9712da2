import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/client'

interface ErrorText {
  text: (error: unknown) => string
  fields: (error: unknown) => Record<string, string[]>
}

/** What went wrong, in the page's own words where we have them, else in the server's. */
export function useErrorText(): ErrorText {
  const { t, te } = useI18n()

  function known(code: string | undefined): string | undefined {
    const key = `errors.${code}`
    return code && te(key) ? t(key) : undefined
  }

  function text(error: unknown): string {
    if (!(error instanceof ApiError)) return t('errors.unavailable')
    const sentence = known(error.code) ?? (error.message || t('errors.unavailable'))
    // Only what is the server's fault is worth a question to whoever runs it.
    if (error.status < 500 || !error.reference) return sentence
    return `${sentence} ${t('errors.reference', { reference: error.reference })}`
  }

  function fields(error: unknown): Record<string, string[]> {
    if (!(error instanceof ApiError)) return {}
    return error.byField((field) => known(field.code) ?? field.message)
  }

  return { text, fields }
}
