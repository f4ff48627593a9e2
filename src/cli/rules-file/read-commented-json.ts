// Reads JSON that people keep under version control: with // and /* */ comments and with commas before a closing
// bracket. Comes in: the text. Goes out: the value, and the line on which each part of it begins, so that a message can
// say where; or the line and what was wrong there. Numbers and strings are read by JSON.parse itself.

export type CommentedJson =
  | {
      readonly kind: 'read'
      readonly value: unknown
      /** The line of a part by its path, as `rules.3.with`; of the nearest part around it where it is not there. */
      readonly lineOf: (path: readonly PropertyKey[]) => number
    }
  | { readonly kind: 'wrong'; readonly line: number; readonly why: string }

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const scalar = /"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true\b|false\b|null\b/y

/** What the file may say needs five; every level is a call on the stack. */
const DEPTH_MAX = 64

class WrongText extends Error {
  readonly at: number
  constructor(at: number, why: string) {
    super(why)
    this.at = at
  }
}

export function readCommentedJson(text: string): CommentedJson {
  const lines = new Map<string, number>()
  const lineAt = openLineCounter(text)
  let at = 0

  const skip = (): void => {
    blank.lastIndex = at
    blank.test(text)
    at = blank.lastIndex
  }
  const takes = (sign: string): boolean => {
    skip()
    if (text[at] !== sign) return false
    at += 1
    return true
  }
  const readScalar = (): unknown => {
    scalar.lastIndex = at
    const [found] = scalar.exec(text) ?? []
    if (found === undefined) throw new WrongText(at, 'here a value is missing, or a text without its quotes')
    try {
      const value: unknown = JSON.parse(found)
      at += found.length
      return value
    } catch {
      throw new WrongText(at, `${found.slice(0, 40)} is no number or text of JSON`)
    }
  }
  const readValue = (path: readonly string[]): unknown => {
    skip()
    if (path.length > DEPTH_MAX) throw new WrongText(at, 'this is nested too deeply')
    lines.set(path.join('\0'), lineAt(at))
    if (takes('{')) return readObject(path)
    return takes('[') ? readList(path) : readScalar()
  }
  const readList = (path: readonly string[]): unknown[] => {
    const list: unknown[] = []
    while (!takes(']')) {
      list.push(readValue([...path, String(list.length)]))
      if (!takes(',') && text[at] !== ']') throw new WrongText(at, 'a comma or ] is missing')
    }
    return list
  }
  const readObject = (path: readonly string[]): Record<string, unknown> => {
    const fields = new Map<string, unknown>()
    while (!takes('}')) {
      const keyAt = at
      const key = text[at] === '"' ? readScalar() : null
      if (typeof key !== 'string') throw new WrongText(keyAt, 'here a name in double quotes is missing')
      if (fields.has(key)) throw new WrongText(keyAt, `"${key}" stands twice in one object`)
      if (!takes(':')) throw new WrongText(at, `a colon is missing after "${key}"`)
      fields.set(key, readValue([...path, key]))
      if (!takes(',') && text[at] !== '}') throw new WrongText(at, 'a comma or } is missing')
    }
    return Object.fromEntries(fields)
  }

  try {
    const value = readValue([])
    skip()
    if (at < text.length) throw new WrongText(at, 'there is something after the end')
    return { kind: 'read', value, lineOf: (path) => nearestLine(lines, path) }
  } catch (error) {
    if (error instanceof WrongText) return { kind: 'wrong', line: lineAt(error.at), why: error.message }
    throw error
  }
}

/** Asked for one place after the other, mostly forward: a long file is walked through once. */
function openLineCounter(text: string): (at: number) => number {
  let [line, lineFrom] = [1, 0]
  return (at) => {
    if (at < lineFrom) [line, lineFrom] = [1, 0]
    for (;;) {
      const end = text.indexOf('\n', lineFrom)
      if (end === -1 || end >= at) return line
      line += 1
      lineFrom = end + 1
    }
  }
}

function nearestLine(lines: ReadonlyMap<string, number>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const line = lines.get(path.slice(0, length).map(String).join('\0'))
    if (line !== undefined) return line
  }
  return 1
}
