// How the offer looks. Everything that a shop may want otherwise is a custom property; colours follow the text of the page,
// so that it stands well on light and on dark. The height is fixed: whatever is drawn, nothing else on the page moves.

export const offerStyle = `
:host{display:block;box-sizing:border-box;block-size:var(--aftercart-height,25rem);container-type:inline-size;
color:var(--aftercart-text,inherit);font-family:var(--aftercart-font,inherit);font-size:1rem;line-height:1.45;text-align:start}
@media(min-width:40rem){:host{block-size:var(--aftercart-height,17.5rem)}}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box;margin:0}
section{--edge:var(--aftercart-border,color-mix(in srgb,currentColor 16%,transparent));
--quiet:var(--aftercart-muted,color-mix(in srgb,currentColor 74%,transparent));
block-size:100%;overflow:auto;display:grid;grid-template:"image words" auto "rest rest" 1fr/5.5rem 1fr;gap:1rem;
padding:1.25rem;border:1px solid var(--edge);border-radius:var(--aftercart-radius,12px);background:var(--aftercart-background,transparent)}
section:focus{outline:none}
.brief{block-size:auto;max-block-size:100%;grid-template-rows:auto auto}.brief .actions{min-block-size:0}
figure{grid-area:image;inline-size:5.5rem;block-size:5.5rem;border-radius:calc(var(--aftercart-radius,12px)*.66);overflow:hidden;
background:color-mix(in srgb,currentColor 6%,transparent)}
img{inline-size:100%;block-size:100%;object-fit:cover;display:block}
.words{grid-area:words;min-inline-size:0}
.rest{grid-area:rest;display:flex;flex-direction:column;gap:.75rem;min-inline-size:0}
.plain{grid-template:"words" auto "rest" 1fr/1fr}
.region{font-size:.8125rem;color:var(--quiet);letter-spacing:.01em}
.title,.need{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
.title{font-size:1.125rem;font-weight:600;line-height:1.3;margin-block:.125rem .25rem}
.title a{color:inherit;text-decoration-line:underline;text-decoration-thickness:1px;text-underline-offset:.2em;text-decoration-color:var(--edge)}
.title a:hover{text-decoration-color:currentColor}
.need{color:var(--quiet);font-size:.9375rem}
.status{font-size:.9375rem;overflow-wrap:anywhere}
.status:empty{display:none}
.done .status{display:flex;gap:.5rem;font-weight:500}
.done .status::before{content:"";flex:none;inline-size:1.25rem;block-size:1.25rem;margin-block-start:.05rem;background:var(--aftercart-good,#1a7f4b);
clip-path:path("M10 0a10 10 0 1 0 0 20a10 10 0 0 0 0-20zM8.6 14.4L4.4 10.2l1.4-1.4l2.8 2.8l5.6-5.6l1.4 1.4z");forced-color-adjust:none}
.price{font-size:.875rem;font-variant-numeric:tabular-nums;margin-block-start:auto}
.actions{display:flex;flex-direction:column;gap:.5rem;min-block-size:6rem}
button,.button{font:inherit;font-weight:600;line-height:1.25;min-block-size:2.75rem;padding:.625rem 1.125rem;border-radius:var(--aftercart-button-radius,8px);
border:1px solid transparent;cursor:pointer;text-align:center;text-decoration:none;display:inline-flex;align-items:center;justify-content:center;gap:.625rem;
background:none;color:inherit;touch-action:manipulation}
.main{background:var(--aftercart-accent,#1c1c1e);color:var(--aftercart-accent-text,#fff)}
.main:hover{background:color-mix(in srgb,var(--aftercart-accent,#1c1c1e) 88%,#fff)}
.side{border-color:var(--edge);font-weight:500}
.bare{font-weight:500;color:var(--quiet)}
.side:hover,.bare:hover{background:color-mix(in srgb,currentColor 7%,transparent);color:inherit}
:focus-visible{outline:3px solid var(--aftercart-focus,#1a66d9);outline-offset:2px}
[aria-disabled=true]{cursor:default;opacity:.72}
.busy .main[aria-disabled=true]::before,.waits .status::before{content:"";flex:none;inline-size:1em;block-size:1em;border:2px solid;border-inline-end-color:transparent;border-radius:50%}
.waits .status{display:flex;gap:.625rem;align-items:baseline}
.waits .status::before{translate:0 .12em}
@container(max-width:21rem){section{padding:.875rem;gap:.75rem;grid-template-columns:4rem 1fr;grid-template-rows:auto 1fr}
figure{inline-size:4rem;block-size:4rem}.plain{grid-template-columns:1fr}.rest{gap:.5rem}}
@container(min-width:34rem){
section{grid-template:"image words" auto "image rest" 1fr/8rem 1fr;gap:.5rem 1.5rem;padding:1.5rem}
.plain{grid-template:"words" auto "rest" 1fr/1fr}
figure{inline-size:8rem;block-size:8rem}
.title,.need{-webkit-line-clamp:1}
.rest{gap:.625rem}
.actions{flex-direction:row;align-items:start;min-block-size:3.75rem}.side,.bare{flex:none}}
@media(prefers-reduced-motion:no-preference){
.busy .main[aria-disabled=true]::before,.waits .status::before{animation:turn .9s linear infinite}
@keyframes turn{to{rotate:1turn}}}
@media(forced-colors:active){button,.button{border-color:ButtonBorder}.done .status::before{background:CanvasText}}
`
