// The part of mjml 5 that tests use; the package has no types of its own.

declare module 'mjml' {
  function mjml2html(
    source: string,
    options?: { readonly validationLevel?: 'strict' | 'soft' | 'skip' },
  ): Promise<{ readonly html: string; readonly errors: readonly unknown[] }>
  export = mjml2html
}
