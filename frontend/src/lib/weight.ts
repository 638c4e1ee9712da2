/** Weights are kept in kg and said in the athlete's own units. */
export type Units = 'metric' | 'imperial'

const KG_PER_POUND = 0.45359237

export const fromKg = (kg: number, units: Units): number => (units === 'imperial' ? kg / KG_PER_POUND : kg)
export const toKg = (weight: number, units: Units): number =>
  units === 'imperial' ? weight * KG_PER_POUND : weight

/** "62.5 kg", "135 lb". */
export function formatWeight(kg: number, units: Units, locale: string, digits = 1): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units === 'imperial' ? 'pound' : 'kilogram',
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(fromKg(kg, units))
}

/** A number as people write it, with a point or a comma; null of nothing, NaN of anything else. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  return /^\d*\.?\d+$|^\d+\.$/.test(plain) ? Number(plain) : NaN
}
