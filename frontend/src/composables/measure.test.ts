import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import { i18n, setLanguage } from '@/i18n'
import { useMeasure } from './useMeasure'

it('tells what a record was before in the words of the record', async () => {
  await setLanguage('en')
  let measures!: ReturnType<typeof useMeasure>
  const setup = () => {
    measures = useMeasure()
    return () => null
  }
  mount({ setup }, { global: { plugins: [i18n, createPinia()] } })
  expect(measures.before('rom_deg', 141.6, 135.7)).toBe('before: 136 degrees')
  expect(measures.before('rom_deg', 136.4, 135.7)).toBe('')
  expect(measures.before('reps', 12, null)).toBe('')
})
