// How the offer looks: quiet, of one piece with the shop, changed by custom properties (docs/guide/widget.md). The space is
// reserved from the first moment, so that nothing on the page moves, whatever the answer.

export const offerStyle = `
:host{display:block;min-height:var(--aftercart-height,15rem);contain:layout;font:var(--aftercart-font,inherit);color:var(--aftercart-text,#1d1d1b);--_accent:var(--aftercart-accent,#1f5e4b);--_quiet:var(--aftercart-quiet,#5c5b57);--_line:var(--aftercart-line,#dcd9d2)}
:host([hidden]){display:none}
section{box-sizing:border-box;min-height:inherit;display:grid;grid-template-columns:9rem 1fr;gap:1rem 1.5rem;align-items:center;padding:1.25rem;background:var(--aftercart-surface,#fff);border:1px solid var(--_line);border-radius:var(--aftercart-radius,.75rem)}
section.bare{grid-template-columns:1fr}
img{width:9rem;height:9rem;object-fit:cover;border-radius:calc(var(--aftercart-radius,.75rem) - .25rem)}
.words{min-width:0;overflow-wrap:anywhere}
p{margin:0 0 .4rem;line-height:1.45}
.need{color:var(--_quiet)}
.title{font-size:1.2em;font-weight:600}
.title a{color:inherit}
.price{font-variant-numeric:tabular-nums}
.message{font-weight:600}
.actions{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;min-height:2.9rem;margin-top:.6rem}
button,.go{font:inherit;min-height:2.75rem;padding:.55rem 1.1rem;border-radius:calc(var(--aftercart-radius,.75rem) - .25rem);border:1px solid var(--_accent);background:var(--_accent);color:var(--aftercart-on-accent,#fff);font-weight:600;text-decoration:none;cursor:pointer;display:inline-flex;align-items:center}
button.quiet{background:none;border-color:transparent;color:var(--_quiet);text-decoration:underline;padding-inline:.3rem}
button[disabled]{opacity:.6;cursor:default}
:focus-visible{outline:3px solid var(--aftercart-focus,#0b57d0);outline-offset:2px}
.heard{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:34rem){:host{min-height:var(--aftercart-height,21rem)}section{grid-template-columns:4.5rem 1fr;align-items:start}img{width:4.5rem;height:4.5rem}.price,.message,.actions{grid-column:1/-1}button:not(.quiet),.go{width:100%;justify-content:center}}
@media (forced-colors:active){button,.go{border:1px solid ButtonText}}
`
