import { hash } from './art.tsx';
import { accountStyle } from './style-account.ts';
import { badgesStyle } from './style-badges.ts';
import { consoleStyle } from './style-console.ts';
import { notebookStyle } from './style-notebook.ts';
import { validationsStyle } from './style-validations.ts';
import { counterStyle } from './style-counter.ts';
import { manyStyle } from './style-many.ts';

/** The one stylesheet: a text, because bundlers differ on how they import a file of CSS. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #fff; --ink: #14232b; --soft: #4f5f67; --line: #dcdfdc; --edge: #76858c; --brand: #153b50; --on-brand: #fff; --accent: #0b666c; --wash: #f1f1ec;
  --valid: #12693a; --valid-wash: #e6f3ea; --invalid: #a3261d; --invalid-wash: #fbe9e7; --unknown: #7a5200; --unknown-wash: #fdf3dc;
  --step--1: .92rem; --step-0: 1.0625rem; --step-1: 1.22rem; --step-2: 1.5rem; --step-3: clamp(1.75rem, 1.3rem + 2vw, 2.4rem);
  --gap: 1rem; --gap-2: 1.75rem; --gap-3: 2.75rem; --radius: .75rem;
  font: 400 var(--step-0)/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper);
  text-size-adjust: 100%; -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f171b; --card: #172228; --ink: #eef2f2; --soft: #adbac0; --line: #2b3a41; --edge: #7b8d96; --brand: #9fd0e6; --on-brand: #0c1a21; --accent: #7fd6d8; --wash: #1a272e;
    --valid: #7ddba1; --valid-wash: #12301f; --invalid: #ff9d92; --invalid-wash: #3a1714; --unknown: #f0c469; --unknown-wash: #33270c;
  }
}
*, ::before, ::after { box-sizing: border-box; margin: 0 }
html { scroll-padding-top: 1rem }
body { min-height: 100vh; display: flex; flex-direction: column; overflow-wrap: break-word }
main { flex: 1; width: 100%; padding-block: var(--gap) var(--gap-2) }
main, .bar, footer > * { max-width: 46rem; margin-inline: auto; padding-inline: max(var(--gap), env(safe-area-inset-left), env(safe-area-inset-right)) }
h1, h2, h3 { line-height: 1.2; letter-spacing: -.01em; text-wrap: balance }
h1 { font-size: var(--step-3) }
h2 { font-size: var(--step-2) }
h3 { font-size: var(--step-1) }
main > section, main > article, main > details { margin-top: var(--gap-3) }
main > .answer + *, main > .notice + * { margin-top: 1.5rem }
main > :first-child { margin-top: 0 }
section > h2, section > h3, article > h2, article > h3 { margin-bottom: .6rem }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: .06em }
a:hover { text-decoration-thickness: .14em }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .2rem }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: .6rem; background: var(--card); padding: .6rem 1rem; z-index: 1 }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .88em }
code { overflow-wrap: anywhere }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.apart { margin-top: 1.1rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--wash); padding: 1rem; border-radius: .5rem }
.scroll { max-height: 32rem; overflow: auto }
bdi { unicode-bidi: isolate }

.bar { width: 100%; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; justify-content: space-between; align-items: center; padding-block: .7rem }
.bar nav { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: center }
.bar nav a, .bar nav button, .bar .mark { padding-block: .4rem }
.bar nav a, .bar nav button { color: var(--soft); text-decoration: none; background: none; border: 0; padding-inline: 0; font: inherit; cursor: pointer }
.bar nav a:hover, .bar nav button:hover { text-decoration: underline }
/* In one column there is no room for all of it; the rest is in the footer. */
body:not(:has(main.wide)) .bar:has(form) .wide { display: none }
.bar nav [aria-current] { color: var(--ink); font-weight: 600 }
.mark { display: inline-flex; gap: .5rem; align-items: center; font-weight: 650; color: var(--brand); text-decoration: none }
.mark svg { width: 1.6rem; fill: var(--brand) }
.mark .tick { fill: none; stroke: var(--paper); stroke-width: 3; stroke-linecap: round; stroke-linejoin: round }
footer { color: var(--soft); font-size: var(--step--1); padding-block: var(--gap-2) 2.5rem }
footer nav { display: flex; flex-wrap: wrap; gap: 0 1.4rem; margin-top: .5rem }
footer nav a, footer nav button { padding-block: .3rem; color: var(--soft) }
footer nav button { background: none; border: 0; padding-inline: 0; font: inherit; text-decoration: underline; text-underline-offset: .2em; cursor: pointer }
.ways { list-style: none; padding: 0; display: grid; gap: .8rem; justify-items: start; margin-top: 1.5rem }
.ways .note { margin-top: .3rem }
button.card { width: 100%; font: inherit; color: inherit; text-align: start; cursor: pointer } button.card strong { display: block }

.lead { font-size: var(--step-1); color: var(--soft); margin-top: .5rem; text-wrap: pretty }
.soft, .note, .hint, .kicker { color: var(--soft) }
.note, .hint { font-size: var(--step--1); display: block }
.kicker { font-size: var(--step--1) }
.prose > * + * { margin-top: .7rem }
.prose ul, .plain { padding-inline-start: 1.2rem }
.prose li + li, .plain li + li { margin-top: .3rem }
.hidden-character { font: 600 .72em ui-monospace, Menlo, Consolas, monospace; background: var(--invalid-wash); color: var(--invalid); border: 1px solid; border-radius: .25rem; padding: 0 .25em; margin-inline: .1em; unicode-bidi: isolate; white-space: nowrap }

.answer { display: flex; gap: 1.1rem; align-items: flex-start; padding: 1.4rem; border-radius: var(--radius); border: 1px solid transparent }
.answer > div { flex: 1; min-width: 0 }
.answer p { margin-top: .35rem }
.answer .soft { font-size: var(--step--1) }
.answer .who-signed { display: flex; gap: .6rem; background: var(--unknown-wash); border: 1px solid var(--unknown); border-radius: .5rem; padding: .6rem .8rem; margin-block: .7rem .5rem }
.who-signed .sign { width: 1.35rem; flex: none; margin-top: .14rem; align-self: flex-start }
.answer .cause { font-weight: 600; margin-top: .5rem }
.answer .todo { margin-top: .7rem }
.seal { margin: 0 } .answer .seal { margin-top: 0; flex: none }
.seal svg { width: clamp(3rem, 12vw, 4.2rem); display: block }
.seal path { fill: none; stroke: var(--paper); stroke-width: 5.5; stroke-linecap: round; stroke-linejoin: round }
.seal .dot { fill: var(--paper); stroke: none }
.valid { background: var(--valid-wash) } .valid .verdict { color: var(--valid) } .valid .disc { fill: var(--valid) }
.invalid { background: var(--invalid-wash) } .invalid .verdict { color: var(--invalid) } .invalid .disc { fill: var(--invalid) }
.indeterminate, .replaced { background: var(--unknown-wash) } .indeterminate .verdict, .replaced .verdict { color: var(--unknown) } .indeterminate .disc, .replaced .disc { fill: var(--unknown) }
.notice { background: var(--card); border: 1px solid var(--line); border-inline-start: .35rem solid var(--accent); border-radius: .5rem; padding: .9rem 1.1rem }
.notice.warn { border-inline-start-color: var(--unknown) }
.notice p + p { margin-top: .4rem }

.badge { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: clamp(1.1rem, 4vw, 1.6rem) }
.doubtful { border: 2px dashed var(--edge); background: none }
.badge > header { display: flex; gap: 1.1rem; align-items: center }
.badge > header > div { min-width: 0 }
.badge > h2 { font-size: var(--step-1); margin-bottom: .6rem }
.badge h3, .badge section > h2 { font-size: var(--step-1); margin: var(--gap-2) 0 .6rem }
.art { width: 5.5rem; flex: none; display: block }
.who { margin-top: .15rem }
.claimed-name { margin-top: .2rem }
.badge > .facts:first-child, .badge h3 + .facts { margin-top: 0 }
.facts { display: grid; gap: .95rem var(--gap-2); grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); margin-top: 1.5rem }
.facts > div { min-width: 0 }
.facts .wide { grid-column: 1 / -1 }
dt { color: var(--soft); font-size: var(--step--1) }
dd { overflow-wrap: anywhere }
.domain { font-weight: 700; font-size: var(--step-1); line-height: 1.3 }
.outcomes { list-style: none; padding: 0 }
.outcomes li { padding-block: .55rem; border-top: 1px solid var(--line) }
.code { display: inline-block; font-size: .82rem; line-height: 1.5rem; border: 1px solid var(--edge); border-radius: 1rem; padding: 0 .6rem; text-decoration: none; white-space: nowrap; max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: middle }
a.code:hover { text-decoration: underline }

.checks { list-style: none; padding: 0 }
.checks li { display: grid; grid-template-columns: 1.6rem minmax(8rem, 11.5rem) 1fr; gap: .1rem .7rem; padding-block: .7rem; border-top: 1px solid var(--line) }
.checks .sign { width: 1.35rem; margin-top: .14rem }
.checks .name { font-weight: 600; display: block }
.checks .word { font-size: var(--step--1) }
.checks .ok .word, .sign.ok { color: var(--valid) } .checks .failed .word, .sign.failed { color: var(--invalid) } .checks .unknown .word, .sign.unknown { color: var(--unknown) }
.checks .not-applicable .word, .checks .skipped .word, .sign.not-applicable, .sign.skipped { color: var(--soft) }
.sign { display: inline-block; fill: currentColor } .sign path { fill: none; stroke: var(--paper); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round } .sign .dot { fill: var(--paper) }
.checks .code-name { font-size: .82rem; color: var(--soft); white-space: nowrap }

form .field { margin-top: 1.1rem }
label, .label { font-weight: 600; display: block }
textarea, input[type=file] { width: 100%; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .55rem; padding: .75rem; margin-top: .4rem }
textarea { min-height: 6.5rem; resize: vertical; line-height: 1.4; overflow-wrap: anywhere }
input[type=file] { border-style: dashed; border-width: 2px; padding: 1.1rem .9rem; cursor: pointer }
input::file-selector-button { font: inherit; font-weight: 600; color: var(--ink); background: var(--wash); border: 1px solid var(--edge); border-radius: .4rem; padding: .35rem .8rem; margin-inline-end: .8rem; cursor: pointer }
[aria-invalid=true] { border-color: var(--invalid); border-width: 2px }
.error { color: var(--invalid); font-weight: 600; margin-top: .4rem }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 0 clamp(1rem, 4vw, 1.6rem) 1.5rem; margin-top: 1.5rem }
.or { display: flex; align-items: center; gap: .8rem; color: var(--soft); margin-top: 1.1rem } .or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line) }
.or + .field { margin-top: .6rem }
.button { display: inline-block; background: var(--brand); color: var(--on-brand); text-decoration: none; border: 0; font: inherit; font-weight: 600; padding: .75rem 1.4rem; border-radius: .55rem; cursor: pointer }
.button:hover { filter: brightness(1.12) }
.actions { display: flex; flex-wrap: wrap; gap: .8rem 1.4rem; align-items: center; margin-top: 1.3rem }
.actions a:not(.button) { padding-block: .3rem }

.points { display: grid; gap: 1.1rem var(--gap-2); grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr)); list-style: none; padding: 0 }
.points h3 { font-size: var(--step-0); margin-bottom: .15rem }
.points + p { margin-top: 1.1rem }
.cards { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); list-style: none; padding: 0 }
.card { position: relative; display: flex; gap: .9rem; align-items: center; height: 100%; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: .9rem 1rem }
.card:hover { border-color: var(--edge) }
.card > div { min-width: 0 }
.card a { font-weight: 600; text-decoration: none; color: var(--ink); overflow-wrap: anywhere }
.card a::after { content: ""; position: absolute; inset: 0; border-radius: var(--radius) }
.card a:focus-visible { outline: none } .card a:focus-visible::after { outline: 3px solid var(--accent); outline-offset: 2px }
.card .art { width: 3.6rem }
.choices { margin-top: 1.3rem } .choice > div { display: grid; gap: .45rem; width: 100%; align-self: stretch; grid-template-rows: auto 1fr auto } .choice h2 { font-size: var(--step-1); overflow-wrap: anywhere } .choice .note { overflow-wrap: anywhere } .choice .button { justify-self: start; margin-top: .4rem }
.empty { border: 1px dashed var(--edge); border-radius: var(--radius); padding: 1.2rem; color: var(--soft) }

.certificate { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: clamp(1.2rem, 5vw, 2rem); display: grid; gap: 1.3rem 1.8rem; grid-template-columns: 12.5rem 1fr; align-items: center }
.certificate .picture { width: 100%; max-width: 14rem; height: auto; display: block }
.ended .picture { filter: grayscale(1) }
.certificate .for { font-size: var(--step-1); margin-top: .5rem }
.certificate .from { color: var(--soft); margin-top: .5rem }
.certificate .art { width: 100%; max-width: 12.5rem }
.institution { grid-template-columns: 8rem 1fr }
.certificate + .answer { margin-top: var(--gap) }
.take { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1.2rem; align-items: center } .take a { overflow-wrap: anywhere }
.qr { width: 9.5rem; display: block; border-radius: .4rem; border: 1px solid var(--line) } .qr.dense { width: min(100%, 26rem) }
.steps { padding-inline-start: 1.2rem } .steps li + li { margin-top: .3rem }

table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; padding: .55rem .8rem .55rem 0; border-top: 1px solid var(--line) }
thead th { border-top: 0; color: var(--soft); font-size: var(--step--1); font-weight: 400 }
tbody th { font-weight: 600 }
td { overflow-wrap: anywhere }
.from-where { color: var(--soft) }
caption { text-align: start; color: var(--soft); padding-bottom: .6rem }
.missing { color: var(--unknown) }
details > summary { cursor: pointer; font-weight: 600; padding-block: .5rem }
details > :not(summary) + * { margin-top: .8rem }
details .scroll { margin-top: .5rem }
.terms > div { padding-block: .7rem; border-top: 1px solid var(--line) }
.terms dt { color: var(--ink); font-weight: 600; font-size: var(--step-0) }
.translation { font-weight: 400; font-size: var(--step--1); color: var(--soft) }
.terms :target, tr:target, section:target { background: var(--unknown-wash); box-shadow: 0 0 0 .5rem var(--unknown-wash); border-radius: .2rem }
.contents { columns: 2 14rem; list-style: none; padding: 0 } .contents li { break-inside: avoid } .contents a { display: inline-block; padding-block: .2rem; overflow-wrap: anywhere }
.operation { border-top: 1px solid var(--line); padding-block: 1rem }
.operation h3 { font-size: var(--step-0); overflow-wrap: anywhere }
.operation > * + * { margin-top: .4rem }
.method { display: inline-block; min-width: 3.6rem; font: 700 .8rem ui-monospace, Menlo, Consolas, monospace; color: var(--accent) }

${accountStyle}${badgesStyle}${consoleStyle}${notebookStyle}${validationsStyle}${counterStyle}${manyStyle}
@media (min-width: 50rem) { .from-where { white-space: nowrap } }
@media (max-width: 34rem) {
  .bar .wide { display: none }
  .certificate { justify-items: center; text-align: center } .institution { justify-items: start; text-align: start }
  .checks li { grid-template-columns: 1.6rem 1fr } .checks li > p { grid-column: 2 }
  .checks .name, .checks .word { display: inline } .checks .word::before { content: "· " }
  .answer { display: grid; grid-template-columns: auto 1fr; gap: 0 .9rem; padding: 1.1rem; align-items: center } .answer > div { display: contents } .answer > div > :not(.verdict) { grid-column: 1 / -1 } .answer > div > p:first-of-type { margin-top: .7rem }
  .doubtful { border: 2px dashed var(--edge); background: none }
.badge > header { align-items: flex-start } .art { width: 4.2rem }
  .certificate { grid-template-columns: 1fr } .certificate .picture { max-width: 11rem } .certificate .art { max-width: 6rem }
  .take { grid-template-columns: minmax(0, 1fr) }
  table.stack, .stack tbody, .stack caption, .stack tr, .stack td, .stack tbody th { display: block } .stack thead { position: absolute; clip-path: inset(50%) }
  .stack tr { border-top: 1px solid var(--line); padding-block: .5rem } .stack th, .stack td { border: 0; padding: .05rem 0 }
}
@media (max-width: 22rem) { .answer { grid-template-columns: minmax(0, 1fr); gap: .7rem } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
@media (forced-colors: active) { .answer, .badge, .certificate, .card, .panel { border-color: CanvasText } .disc, .sign { fill: CanvasText } }
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #0b4a50; --brand: #153b50; --valid: #12693a; --valid-wash: #fff; --invalid: #a3261d; --invalid-wash: #fff; --unknown: #7a5200; --unknown-wash: #fff; font-size: 10.5pt }
  .bar nav, .rooms, .actions, .skip, footer nav, .no-print, form, details:has(form) { display: none }
  main, .bar, footer > * { max-width: none }
  .answer { border: 2px solid currentColor } .disc, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  .badge, .certificate, .answer, .checks li, .outcomes li { break-inside: avoid } .badge { break-inside: auto }
  h2, h3 { break-after: avoid }
}
`;

/** Where the stylesheet stands; the address changes with its text, so it can be kept for ever. */
export const stylePath = `/style-${hash(stylesheet).toString(16).padStart(8, '0')}.css`;
