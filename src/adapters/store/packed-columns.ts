// Texts and columns of numbers as bytes, and back, exactly. Layout: the length of the JSON part (4 bytes), the JSON,
// then the columns one after the other, little-endian as on every processor that Node runs on but s390x: 32-bit
// integers where all values of a column are such, else doubles. Any number may stand in a column, NaN and -0 too.

import assert from 'node:assert/strict'

export type PackedColumn = Int32Array | Float64Array

type Frame<Texts> = {
  readonly texts: Texts
  readonly rows: number
  readonly columns: readonly (readonly [name: string, kind: 'integers' | 'doubles'])[]
}

/** All columns have `rows` entries. */
export function packColumns<Texts>(
  texts: Texts,
  rows: number,
  columns: Readonly<Record<string, readonly number[]>>,
): Buffer {
  const packed = Object.entries(columns).map(([name, values]) => {
    assert.equal(values.length, rows, `the column ${name} has an entry for each row`)
    return [name, values.every(isInt32) ? Int32Array.from(values) : Float64Array.from(values)] as const
  })
  const frame: Frame<Texts> = {
    texts,
    rows,
    columns: packed.map(([name, { BYTES_PER_ELEMENT }]) => [
      name,
      BYTES_PER_ELEMENT === 4 ? 'integers' : 'doubles',
    ]),
  }
  const json = Buffer.from(JSON.stringify(frame))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  return Buffer.concat([
    length,
    json,
    ...packed.map(([, { buffer, byteOffset, byteLength }]) => Buffer.from(buffer, byteOffset, byteLength)),
  ])
}

export function unpackColumns(bytes: Buffer): {
  readonly texts: unknown
  readonly column: (name: string) => PackedColumn
  /** Zeros where the part was written before there was such a column. */
  readonly newerColumn: (name: string) => PackedColumn
} {
  const jsonEnd = 4 + bytes.readUInt32LE(0)
  const frame: Frame<unknown> = JSON.parse(bytes.toString('utf8', 4, jsonEnd))
  const columns = new Map<string, PackedColumn>()
  let from = jsonEnd
  for (const [name, kind] of frame.columns) {
    const to = from + frame.rows * (kind === 'integers' ? 4 : 8)
    // A copy, because a typed array must begin at a multiple of its own size.
    const { buffer } = Uint8Array.prototype.slice.call(bytes, from, to)
    columns.set(name, kind === 'integers' ? new Int32Array(buffer) : new Float64Array(buffer))
    from = to
  }
  assert.equal(from, bytes.length, 'the columns fill the part')
  return {
    texts: frame.texts,
    column(name) {
      const column = columns.get(name)
      assert.ok(column, `the part has a column ${name}`)
      return column
    },
    newerColumn: (name) => columns.get(name) ?? new Int32Array(frame.rows),
  }
}

function isInt32(value: number): boolean {
  return Object.is(value | 0, value)
}
