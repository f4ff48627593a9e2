// Marks that change the direction of reading, with which a title could reverse the words around it. Comes in: any text. Goes
// out: the same without them (Unicode, UAX #9: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069). Words that are
// written from right to left stay what they are: their direction is in their letters.

export function withoutDirections(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}
