// A figure with its interval of 95 %.

export type Estimate = { readonly value: number; readonly low: number; readonly high: number }
