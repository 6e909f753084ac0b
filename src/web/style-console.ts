/** What the console has beyond the pages of learners and checkers: wide, dense, with tables and forms. */
export const consoleStyle = `
main.wide, body:has(main.wide) .bar, body:has(main.wide) footer > * { max-width: 74rem }
.console-head { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem }
.crumbs { color: var(--soft); font-size: var(--step--1) } .crumbs a { color: var(--soft); display: inline-block; padding-block: .3rem }
.rooms ul { display: flex; flex-wrap: wrap; gap: 0 1.4rem; list-style: none; padding: 0; position: static; width: auto; height: auto; margin: 0; border: 0; background: none; color: inherit; overflow: visible }
.rooms .menu { display: none }
@supports selector(:popover-open) { @media (max-width: 50rem) {
  .rooms .menu { display: block; width: 100%; font: inherit; text-align: start; color: var(--soft); background: var(--card); border: 1px solid var(--edge); border-radius: .55rem; padding: .65rem .9rem; margin-block: .3rem 1rem; cursor: pointer } .rooms .menu strong { color: var(--ink) } .rooms .menu::after { content: ""; float: inline-end; width: .6rem; height: .6rem; border: solid currentColor; border-width: 0 .14rem .14rem 0; transform: translateY(.35rem) rotate(45deg) }
  .rooms ul:not(:popover-open) { display: none }
  .rooms ul:popover-open { display: block; position: fixed; inset: auto 0 0; max-height: 85vh; overflow: auto; background: var(--card); border-top: 1px solid var(--edge); border-radius: 1rem 1rem 0 0; padding: .8rem max(1.2rem, env(safe-area-inset-left)) max(1.2rem, env(safe-area-inset-bottom)) } .rooms ul::backdrop { background: rgb(0 0 0 / .45) }
  .rooms ul:popover-open a { border-bottom: 0; padding-block: .7rem }
} }
.rooms a { display: block; padding: .55rem 0; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px }
.rooms a:hover { color: var(--ink); border-color: var(--edge) }
.rooms [aria-current] { color: var(--ink); font-weight: 600; border-color: var(--brand) }
.notice.wrong { border-inline-start-color: var(--invalid) } .notice.done { border-inline-start-color: var(--valid) }
h1 + .notice { margin-top: 1rem }
.optional { font-weight: 400; color: var(--soft) }
.tag { font-size: .82rem; font-weight: 400; color: var(--soft); border: 1px solid var(--edge); border-radius: 1rem; padding: 0 .5rem; white-space: nowrap }
fieldset { border: 0; padding: 0; min-width: 0 } legend { padding: 0 }
input[type=url], input[type=number], input[type=date], input[type=search] { width: 100%; max-width: 26rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .55rem; padding: .65rem .75rem; margin-top: .4rem; display: block }
.choices { margin-top: .3rem } .choice { display: flex; gap: .7rem; align-items: baseline; padding-block: .35rem; font-weight: 400 }
.choice input { width: 1.15rem; height: 1.15rem; flex: none; accent-color: var(--brand); transform: translateY(.2rem) }
.button.small { padding: .5rem 1rem; margin-top: .5rem } .button.danger { background: var(--invalid) }
.quiet:not(.button) { font: inherit; background: none; border: 0; padding: .2rem 0; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; cursor: pointer } .quiet:not(.button):hover { text-decoration-thickness: .14em }
.does form { display: inline-block; margin-inline-end: 1.1rem } .does details form { display: block; max-width: 24rem } .does summary { padding-block: 0; font-weight: 400; color: var(--accent) }
.wide td, .wide th { overflow-wrap: break-word } .wide tbody th { overflow-wrap: anywhere } .wide th .note { font-weight: 400 } .over { color: var(--soft) }
.code-cell, .code-cell code { white-space: nowrap }
@media (max-width: 34rem) { .stack td[data-label]::before { content: attr(data-label) ": "; color: var(--soft) } .code-cell, .code-cell code { white-space: normal } }
.wide .panel { max-width: 46rem }
.wide .lead { max-width: 46rem }
.secret { display: block; font-size: 1rem; background: var(--wash); border: 1px solid var(--edge); border-radius: .5rem; padding: .8rem 1rem; margin-top: .8rem; user-select: all }
.rooms-list { list-style: none; padding: 0; display: grid; gap: 0 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)) } .rooms-list li { padding-block: .8rem; border-top: 1px solid var(--line) } .rooms-list a { font-weight: 600 }
.find-outcome { border: 1px solid var(--line); border-radius: .55rem; padding: .8rem 1rem } .find-outcome label { font-weight: 400 } .find-outcome li { padding-block: .3rem } .find-outcome .button { margin-top: .7rem }
.card .can { font-weight: 400; color: var(--accent); display: inline-block; padding-block: .3rem; position: relative; z-index: 1; text-decoration: underline; text-underline-offset: .2em } .card .can::after { content: none } .card .can:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.side { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); align-items: start } .side > section { margin-top: var(--gap-2) }
.side > section > .panel:first-child { margin-top: 0 } .side > div > section { margin-top: var(--gap-2) }
main.wide > div:not([class]) > section { margin-top: var(--gap-3) } .panel + details { margin-top: 1rem }
#completeness > .plain { list-style: none; padding: 0 } #completeness progress { width: 100%; max-width: 26rem; height: .6rem; accent-color: var(--accent); display: block; margin-block: .4rem .8rem }
.part { border-top: 1px solid var(--line); margin-top: 1.4rem; padding-top: 1rem } .part legend h3 { font-size: var(--step-1) }
.carried { display: grid; gap: 0 1.4rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)) }
.flow-bars { width: 100%; max-width: 46rem; display: block } .flow-bars text { font: 14px system-ui, sans-serif; fill: var(--ink) } .flow-bars rect { fill: var(--brand) } @media (max-width: 34rem) { .flow-bars { display: none } }
`;
