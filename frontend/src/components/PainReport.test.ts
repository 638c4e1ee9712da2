import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createVuetify } from 'vuetify'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Pain } from '@/api/workouts'
import { i18n, setLanguage } from '@/i18n'
import PainReport from './PainReport.vue'

beforeEach(() => setLanguage('en'))

const nothing: Pain = { pain_level: null, pain_area: null }
const knee: Pain = { pain_level: 6, pain_area: 'knee' }

function report(pain: Pain, save?: (pain: Pain) => Promise<unknown>) {
  return mount(PainReport, {
    props: { pain, save },
    global: { plugins: [createPinia(), i18n, createVuetify()] },
  })
}

describe('PainReport', () => {
  it('sends a level with its area', async () => {
    const save = vi.fn().mockResolvedValue(null)
    const page = report(nothing, save)
    await page.get('[data-testid=pain-open]').trigger('click')
    expect(page.find('input[type=radio]').exists()).toBe(false)
    await page.get('[data-testid=pain-level]').setValue('4')
    await page.get('input[value=back]').setValue()
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(save).toHaveBeenCalledWith({ pain_level: 4, pain_area: 'back' })
    expect(page.find('form').exists()).toBe(false)
  })

  it('has no area without pain, and takes back what was said', async () => {
    const save = vi.fn().mockResolvedValue(null)
    const page = report(knee, save)
    expect(page.text()).toContain('Pain 6 of 10, knee')
    await page.get('[data-testid=pain-open]').trigger('click')
    await page.get('[data-testid=pain-level]').setValue('0')
    await page.get('form').trigger('submit')
    expect(save).toHaveBeenLastCalledWith({ pain_level: 0, pain_area: null })
    await flushPromises()
    await page.get('[data-testid=pain-open]').trigger('click')
    const forget = page.findAll('button').find((button) => button.text() === 'Say nothing')
    await forget?.trigger('click')
    expect(save).toHaveBeenLastCalledWith(nothing)
  })

  it('is read by a coach, and not changed', () => {
    expect(report(knee).find('button').exists()).toBe(false)
    expect(report(knee).text()).toBe('Pain 6 of 10, knee')
    expect(report(nothing).text()).toBe('')
  })
})
