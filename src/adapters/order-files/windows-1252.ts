// Text in Windows-1252. DuckDB reads it as Latin-1, which differs in 27 characters from 0x80 on (the euro sign, dashes,
// curly quotes). Comes in: a SQL text expression. Goes out: the expression with these characters put right.

import { quoteText } from '../engine/duckdb/quote.ts'

const written = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'
const bytes = [
  0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95,
  0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
]

export function repairWindowsText(expression: string): string {
  const read = String.fromCharCode(...bytes)
  return `translate(${expression}, ${quoteText(read)}, ${quoteText(written)})`
}
