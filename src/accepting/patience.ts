/** So long a click waits for its answer, and the page says "one moment"; longer is "you may close this page". */
export const PATIENCE_MS = 8000
