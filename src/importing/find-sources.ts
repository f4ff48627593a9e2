// Which columns of a file bear a name that is accepted for a field. Goes in: the fields, the names that are accepted for
// them, the columns as the file writes them. Comes out: by field its columns, in the order of the accepted names.

export function findSources<Field extends string>(
  fields: readonly Field[],
  accepted: Readonly<Partial<Record<Field, readonly string[]>>>,
  columns: readonly string[],
): Record<Field, readonly string[]> {
  const byName = new Map(columns.toReversed().map((column) => [foldName(column), column]))
  const sources = {} as Record<Field, readonly string[]>
  for (const field of fields) {
    const found = (accepted[field] ?? []).map((name) => byName.get(foldName(name)))
    sources[field] = [...new Set(found.filter((column) => column !== undefined))]
  }
  return sources
}

/** Names are compared without capitals, spaces and signs. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
