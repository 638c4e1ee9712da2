import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { defineComponent, h } from 'vue'
import { ApiError } from '@/api/client'
import errors from '@/i18n/locales/en/errors.json'
import { useErrorText } from './useErrorText'

function told(error: unknown): string {
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en: { errors } } })
  const Shown = defineComponent({
    setup: () => {
      const { text } = useErrorText()
      return () => h('p', text(error))
    },
  })
  return mount(Shown, { global: { plugins: [i18n] } }).text()
}

describe('useErrorText', () => {
  it('tells the reference of what is the fault of the server', () => {
    const error = new ApiError('server_error', 'It broke.', 500, [], '5f0c9a7be1d24c38')
    expect(told(error)).toMatch(/^It broke\. .*: 5f0c9a7be1d24c38$/)
  })

  it('keeps it from whoever can mend it by themselves', () => {
    const error = new ApiError('invalid', 'No.', 400, [], '5f0c9a7be1d24c38')
    expect(told(error)).toBe('No.')
    expect(told(new ApiError('server_error', 'It broke.', 500))).toBe('It broke.')
  })
})
