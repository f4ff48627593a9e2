// JSON of a stranger's. Comes in: text, or what was read of it. Goes out: the texts in it by name; `null` for what is not there.

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** By the names that lead to it; a number is as good as a text. */
export function textAt(json: unknown, ...path: readonly (string | number)[]): string | null {
  const found = valueAt(json, ...path)
  if (typeof found === 'number') return String(found)
  return typeof found === 'string' ? found : null
}

export function valueAt(json: unknown, ...path: readonly (string | number)[]): unknown {
  let at: unknown = json
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return null
    at = Reflect.get(at, name)
  }
  return at ?? null
}

export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = valueAt(json, ...path)
  return Array.isArray(found) ? found : []
}

/** An instant in ISO 8601, or `otherwise`. */
export function instantAt(otherwise: number, json: unknown, ...path: readonly (string | number)[]): number {
  const atMs = Date.parse(textAt(json, ...path) ?? '')
  return Number.isNaN(atMs) ? otherwise : atMs
}
