/** Numbers of a finding as a person reads them. */
import type { Finding } from '@/discriminator/form'

export interface Measured {
  /** Of a message with the places {measured} and {limit}. */
  key: 'form.at_most' | 'form.at_least'
  measured: string
  limit: string
}

const UNITS: Readonly<Record<Finding['unit'], { digits: number; sign: string }>> = {
  deg: { digits: 0, sign: '°' },
  s: { digits: 1, sign: ' s' },
  ratio: { digits: 0, sign: ' %' },
}

/** Without signs: which way it is wrong stands in the fault's name. `locale`: a tag that Intl knows. */
export function measuredOf(
  { measured, limit, unit }: Pick<Finding, 'measured' | 'limit' | 'unit'>,
  locale: string,
): Measured {
  const { digits, sign } = UNITS[unit]
  const told = (value: number, more: number) => {
    const count = digits + more
    const shape = { maximumFractionDigits: count, minimumFractionDigits: count }
    return new Intl.NumberFormat(locale, shape).format(unit === 'ratio' ? 100 * value : value) + sign
  }
  // 18° below the line where 15° is the limit reads "at most"; two signs are told with theirs.
  const below = measured < 0 && limit < 0
  const [shown, wanted] = below ? [-measured, -limit] : [measured, limit]
  // 20.2° beside 20° needs the digit that tells them apart.
  const more = told(shown, 0) === told(wanted, 0) ? 1 : 0
  return {
    key: shown > wanted ? 'form.at_most' : 'form.at_least',
    measured: told(shown, more),
    limit: told(wanted, 0),
  }
}
