// What mining keeps for its next run, beside the history: named files of a head and columns of numbers. A caller may rely
// on this: what is read is to the byte what was written, or `null`; a file that is being written does not disturb readers
// of the one before, and a killed writer leaves that one. Whoever keeps something can always do without it.

export type KeptColumn = Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>

export type KeptColumnSource = {
  readonly kind: 'words' | 'halves'
  readonly count: number
  /** Its numbers piece by piece; a piece may be used again for the next. */
  readonly pieces: Iterable<Uint32Array | Uint16Array>
}

export type KeptFile = {
  readonly head: unknown
  /** In the sequence in which they were written. */
  readonly columns: readonly KeptColumn[]
}

export type KeptFiles = {
  /** `null` where there is none, or where it is not what was written: cut, garbled, of another format. */
  read(name: string): Promise<KeptFile | null>
  /** Returns why it could not be kept (no space, no rights), else `null`. `head` is anything that JSON can say. */
  write(name: string, head: unknown, columns: readonly KeptColumnSource[]): Promise<string | null>
}
