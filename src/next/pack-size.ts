// How much is in one unit of a product, as its title says it: "Espresso beans 12 x 500 g" is 6,000 g, "pack of 6" is 6
// pieces, "1 kg" is 1,000 g. Comes in: a title. Goes out: an amount with its kind, or null where the title names none.
// Lengths are no amounts (a scarf of 2 m lasts no longer than one of 1 m), and of several amounts the last counts, with
// a number of packs before it multiplied. A title that misleads ("for 6 people") leaves the product without a pack.

export type PackSize = { readonly amount: number; readonly kind: 'g' | 'ml' | 'pieces' }

const grams = {
  kg: 1000,
  kilo: 1000,
  g: 1,
  gr: 1,
  gram: 1,
  grams: 1,
  mg: 0.001,
  lb: 453.6,
  lbs: 453.6,
  oz: 28.35,
}
const millilitres = { l: 1000, liter: 1000, litre: 1000, litres: 1000, liters: 1000, cl: 10, dl: 100, ml: 1 }
const pieceWords =
  'pcs?|pieces?|pack|pk|ct|count|tabs?|tablets?|capsules?|caps|bags?|teabags?|pods?|sheets?|rolls?|cans?|bottles?|wipes|cartridges?|filters?|refills?|st(?:ü|ue)ck|stk'

const unitWords = [...Object.keys(grams), ...Object.keys(millilitres), 'fl\\.? ?oz'].join('|')
const number = '(\\d+(?:[.,]\\d+)?)'
const amounts = new RegExp(`(?:\\b(\\d+)\\s*[x×*]\\s*)?${number}\\s*(${unitWords})(?![\\p{L}\\p{N}])`, 'giu')
const pieces = [
  /\b(?:packs?|sets?|box|bag|case)\s*(?:of|à)\s*(?:(\d+)\s*[x×*]\s*)?(\d+)\b/iu,
  new RegExp(`(?:\\b(\\d+)\\s*[x×*]\\s*)?(?<![\\d.,])(\\d+)[\\s-]*(?:${pieceWords})(?![\\p{L}\\p{N}])`, 'iu'),
  /(?<!\S)x\s?(\d+)(?=$|[\s),])/iu,
]
const PIECES_MAX = 10_000

export function packSize(title: string): PackSize | null {
  const weighed = [...title.matchAll(amounts)].at(-1)
  const packs = findPieces(weighed === undefined ? title : title.replace(weighed[0], ' '))
  if (weighed === undefined) return packs === null ? null : { amount: packs, kind: 'pieces' }
  const [, times = '1', value = '', unit = ''] = weighed
  const known = readUnit(unit.toLowerCase())
  const amount = Number(times) * Number(value.replace(',', '.')) * known.size * (packs ?? 1)
  return amount > 0 ? { amount, kind: known.kind } : null
}

function readUnit(unit: string): { readonly size: number; readonly kind: 'g' | 'ml' } {
  const weight = new Map(Object.entries(grams)).get(unit)
  if (weight !== undefined) return { size: weight, kind: 'g' }
  return { size: new Map(Object.entries(millilitres)).get(unit) ?? 29.57, kind: 'ml' }
}

function findPieces(title: string): number | null {
  for (const pattern of pieces) {
    const found = pattern.exec(title)
    if (found === null) continue
    const count = found.slice(1).reduce((product, part) => product * Number(part ?? 1), 1)
    if (count >= 1 && count <= PIECES_MAX) return count
  }
  return null
}
