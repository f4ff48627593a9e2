// Ids and texts of shop systems: a number where an older version had one, nothing where a field is blank or missing.

import { z } from 'zod'

export const textOrNull = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const text = String(value ?? '').trim()
    return text === '' ? null : text
  })
