import { expect, it } from 'vitest'
import de from '@/i18n/locales/de/guide.json'
import en from '@/i18n/locales/en/guide.json'
import form from '@/i18n/locales/en/form.json'
import es from '@/i18n/locales/es/guide.json'
import zh from '@/i18n/locales/zh/guide.json'
import { faultsOf, isLow } from './guide'
import { DRAWINGS } from './postures'

const slugs = Object.keys(DRAWINGS)

it('knows what is lying down', () => {
  expect(slugs.filter((slug) => isLow(DRAWINGS[slug])).sort()).toEqual([
    'bench_press',
    'mountain_climber',
    'plank',
    'push_up',
    'sit_up',
  ])
})

it.each([en, de, es, zh])('says of every exercise how it begins and what counts', ({ of }) => {
  expect(Object.keys(of).sort()).toEqual([...slugs].sort())
})

it('has a word for every fault', () => {
  expect(faultsOf('squat').map(({ fault }) => fault)).toContain('depth')
  expect(faultsOf('pommel_horse')).toEqual([])
  const faults = slugs.flatMap(faultsOf).map(({ fault }) => fault)
  expect(faults.filter((fault) => !(fault in form.fault))).toEqual([])
})
