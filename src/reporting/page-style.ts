// The style of the report as a page: light and dark, from 390 pixels on, and on paper. Text meets 4.5:1 on its ground.

export const pageStyle = `
:root { color-scheme: light dark;
  --paper: light-dark(#faf9f6, #141816); --card: light-dark(#fff, #1c211f); --ink: light-dark(#1f2b26, #eef0ea);
  --soft: light-dark(#5c625c, #a9b1a9); --line: light-dark(#e3e0d8, #323936); --accent: light-dark(#24503f, #93c8ad);
  --wash: light-dark(#eef3ee, #24302b); --plain: light-dark(#c4cdc6, #55615b); --wrong: light-dark(#98271b, #f0a196); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
.sheet { width: min(62rem, 100% - 2.5rem); margin: 2.25rem auto 4rem; }
h1, h2, h3 { line-height: 1.2; letter-spacing: -0.012em; text-wrap: balance; font-weight: 600; margin: 0; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.1vw, 2rem); max-width: 48rem; }
h2 { font-size: 1.3125rem; margin: 2.75rem 0 .35rem; }
h3 { font-size: 1.0625rem; }
p { margin: 0 0 .6rem; max-width: 76ch; }
small, .soft { color: var(--soft); }
small { font-size: .8125rem; }
.eyebrow { color: var(--soft); margin: 0 0 .9rem; display: flex; flex-wrap: wrap; gap: .1rem 1rem; justify-content: space-between; max-width: none; }
.eyebrow b { color: var(--ink); font-weight: 600; }
.lead { margin-top: .9rem; }
.front { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); gap: 1.25rem; margin-top: 1.5rem; align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.15rem 1.25rem 1.25rem; }
.front h2 { margin: 0 0 .8rem; font-size: 1.125rem; }
.bars { display: grid; gap: .55rem; margin: .9rem 0 1rem; }
.bar { display: grid; grid-template-columns: minmax(8rem, 17rem) minmax(0, 1fr) 11rem; gap: 1rem; align-items: center; }
.bar-name { overflow-wrap: anywhere; line-height: 1.3; }
.bar-name small { display: block; }
.bar-figure { font-variant-numeric: tabular-nums; text-align: right; line-height: 1.25; }
.bar svg { display: block; overflow: visible; }
.bar rect { fill: var(--plain); }
.bar .strong rect { fill: var(--accent); }
.bar line { stroke: var(--ink); stroke-width: 1.6; }
.bar .halo { stroke: var(--card); stroke-width: 4; opacity: .8; }
.bar .zero { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; }
.card .bar { grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; }
.card .bar svg { grid-row: 2; grid-column: 1 / -1; }
.card .bar-figure { font-weight: 600; }
ol.advice { margin: 0; padding: 0; list-style: none; counter-reset: rank; display: grid; gap: 1.1rem; }
.advice li { counter-increment: rank; display: grid; grid-template-columns: 1.9rem minmax(0, 1fr); break-inside: avoid; }
.advice li::before { content: counter(rank) "."; font-weight: 600; color: var(--accent); }
.advice h3 { line-height: 1.35; text-wrap: pretty; overflow-wrap: anywhere; }
.advice p { margin: .3rem 0 0; font-size: .9375rem; overflow-wrap: anywhere; }
.effect { color: var(--accent); font-weight: 600; }
.effect small { font-weight: 400; }
code { font: .8125rem/1.45 ui-monospace, Menlo, Consolas, monospace; background: var(--wash); border-radius: 6px; padding: .12rem .4rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; margin: .4rem 0 1rem; }
caption { text-align: left; color: var(--soft); font-size: .8125rem; padding-bottom: .35rem; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
th, td { text-align: right; padding: .42rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th { font-weight: 600; }
thead th { color: var(--soft); font-weight: 500; font-size: .8125rem; }
th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; min-width: 9rem; overflow-wrap: anywhere; }
tbody th { font-weight: 500; }
.empty { border-left: 3px solid var(--line); padding-left: .9rem; color: var(--soft); }
.wrong { color: var(--wrong); }
dl { margin: .5rem 0 0; display: grid; gap: .75rem; }
dt { font-weight: 600; } dd { margin: 0; color: var(--soft); max-width: 72ch; }
@media (max-width: 52rem) { .front { grid-template-columns: minmax(0, 1fr); } }
@media screen and (max-width: 40rem) {
  .sheet { width: calc(100% - 2rem); margin-top: 1.25rem; }
  .bar { grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; }
  .bar svg { grid-row: 2; grid-column: 1 / -1; }
  .scroll thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .scroll table, .scroll tbody, .scroll caption { display: block; }
  .scroll tr { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
  .scroll th, .scroll td { text-align: left; white-space: normal; padding: 0; border: 0; min-width: 0; overflow-wrap: anywhere; }
  .scroll tbody th { grid-column: 1 / -1; }
  .scroll td::before { content: attr(data-name); display: block; color: var(--soft); font-size: .75rem; }
}
@media print {
  @page { size: A4; margin: 14mm; }
  :root { color-scheme: light; --paper: #fff; }
  body { font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .sheet { width: 100%; margin: 0; }
  .front { grid-template-columns: minmax(0, 1fr); gap: .8rem; }
  h1 { font-size: 18pt; max-width: none; }
  h2 { break-after: avoid; margin-top: 1.6rem; }
  .card, tr, .bar { break-inside: avoid; }
  .scroll { overflow: visible; }
  table, small, caption, thead th, code { font-size: 8.5pt; }
  th, td { padding: .25rem .4rem; }
}`
