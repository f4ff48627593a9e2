// Names and texts as SQL writes them, for the few statements that are generated: whatever stands inside cannot end them.

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
