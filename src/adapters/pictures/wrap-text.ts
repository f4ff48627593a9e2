// Lines of text for a picture. Comes in: the text, how wide a text is, the room, how many lines at most. Goes out: the
// lines, broken at words, a word that is too long inside; what does not fit ends with an ellipsis.

export type TextRoom = {
  readonly widthOf: (text: string) => number
  readonly room: number
  readonly lines: number
}

export function wrapText(text: string, { widthOf, room, lines: most }: TextRoom): readonly string[] {
  const fits = (line: string): boolean => widthOf(line) <= room
  const lines: string[] = []
  let line = ''
  for (const word of brokenWords(text, fits)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= most) return lines
  const last = [...(lines[most - 1] ?? '')]
  while (last.length > 0 && !fits(`${last.join('')}…`)) last.pop()
  return [...lines.slice(0, most - 1), `${last.join('').trimEnd()}…`]
}

/** Words, those that are wider than a line in pieces that fit. */
function brokenWords(text: string, fits: (line: string) => boolean): readonly string[] {
  return text.split(/\s+/).flatMap((word) => {
    const pieces: string[] = []
    let piece = ''
    for (const sign of word) {
      if (fits(piece + sign)) piece += sign
      else {
        if (piece !== '') pieces.push(piece)
        piece = sign
      }
    }
    return piece === '' ? pieces : [...pieces, piece]
  })
}
