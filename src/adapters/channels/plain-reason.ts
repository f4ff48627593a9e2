// What a server or provider said of a message, fit to be stored beside it. Comes in: its words. Goes out: one short line
// without addresses and phone numbers, which are kept nowhere but sealed.

const LENGTH_MAX = 200

export function plainReason(words: string): string {
  const line = words
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;]+/g, 'the address')
    .replace(/\+\d[\d ().-]{5,}\d|\d{7,}/g, 'the number')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX - 1)}…` : line
}
