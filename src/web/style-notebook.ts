/** The notebook: large targets, one thing at a time, and a sheet that prints well. */
export const notebookStyle = `
[hidden] { display: none !important }
.button.big { padding: 1rem 1.7rem; font-size: var(--step-1) }
.aloud { padding: .5rem 1rem; margin-top: .8rem } .aloud::before { content: "♪" / ""; margin-inline-end: .5rem }
.linklike { background: none; border: 0; padding: .4rem 0; font: inherit; font-size: var(--step--1); color: var(--soft); text-decoration: underline; text-underline-offset: .2em; cursor: pointer; text-align: start }
.talk { margin-top: 1.4rem } .talk label.ask { font-size: var(--step-1); border: 0; padding: 0 }
.talk textarea, .talk input[type=text], .talk input[type=email] { font-size: var(--step-0); max-width: none; border-width: 2px; border-radius: .7rem; padding: .9rem } .talk textarea { min-height: 5rem }
fieldset { border: 0; padding: 0; min-width: 0 }
.choose > div { display: grid; gap: .55rem; margin-top: .6rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)) }
.pick { display: flex; gap: .8rem; align-items: center; background: var(--card); border: 2px solid var(--line); border-radius: .7rem; padding: .85rem 1rem; font-weight: 500; cursor: pointer; min-height: 3.4rem }
.pick:hover { border-color: var(--edge) } .pick:has(:checked) { border-color: var(--accent); background: var(--wash) } .pick:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px }
.pick input { width: 1.35rem; height: 1.35rem; flex: none; accent-color: var(--accent) }
.tick { display: flex; gap: .6rem; align-items: flex-start; padding-block: .4rem; font-weight: 400 } .tick input { width: 1.15rem; height: 1.15rem; margin: .25rem 0 0; flex: none; accent-color: var(--accent) }
.under { margin-inline-start: 1.75rem }
.ways-to-tell { display: grid; gap: 1rem; margin-top: 1.1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)) }
.ways-to-tell .way { margin-top: 0; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem } .way input[type=file] { padding: .7rem }
.recorder { margin-block: .7rem } .recorder [data-start]::before { content: "●" / ""; color: var(--invalid); margin-inline-end: .6rem } .recorder [data-stop]::before { content: "■" / ""; margin-inline-end: .6rem }
.recorder p { margin-top: .5rem; min-height: 1.5em } .recorder.live p { font-weight: 600 } .recorder audio, .player { display: block; width: 100%; max-width: 28rem; margin-top: .5rem } video.player { max-height: 22rem; border-radius: .5rem }
.periods label { display: inline-block; width: 9.5rem; margin: .5rem .8rem 0 0; font-weight: 400 }
.progress { width: 100%; height: .6rem; accent-color: var(--accent); margin-block: .2rem 1rem; display: block }
.told, .shown { list-style: none; padding: 0 } .told li, .shown > li { padding-block: .7rem; border-top: 1px solid var(--line) } .told a { font-weight: 600 } .shown form.talk { margin-top: .4rem }
.sheet { list-style: none; padding: 0; margin-top: 1.4rem; display: grid; gap: 1rem } .sheet > li { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.1rem 1.2rem } .sheet h2 { font-size: var(--step-1) }
.story { margin-top: .5rem; white-space: pre-line } .photo { margin-top: .7rem } .photo img { display: block; max-width: 100%; max-height: 24rem; border-radius: .6rem } .photo figcaption { color: var(--soft); font-size: var(--step--1); margin-top: .3rem }
.spoken { margin-top: .5rem; color: var(--soft) } .spoken::before { content: "♪" / ""; margin-inline-end: .5rem }
.standing { display: inline-block; color: var(--soft); font-size: var(--step--1); margin-top: .3rem } li > .standing, .memory .standing { display: block }
.standing.backed { color: var(--valid) } .standing.backed::before { content: "✓" / ""; margin-inline-end: .4rem }
.memory .thumb { width: 4.4rem; height: 4.4rem; object-fit: cover; border-radius: .6rem; flex: none }
.question { background: var(--wash); border-radius: var(--radius); padding: 1.2rem 1.3rem } main > .question { margin-top: var(--gap-2) } .question h2 { margin-bottom: .3rem }
.code-to-tell { font: 700 2rem/1.2 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .12em }
.notice .side { margin-top: .8rem }
.sides { display: grid; gap: .8rem; margin-top: .6rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)) } .sides > div { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: .9rem 1rem } .sides dt { font-weight: 600 } .sides dd { margin: 0 }
@media (max-width: 34rem) { .talk .button.big, .actions .button.big { width: 100%; text-align: center } }
@media print { .sheet { gap: .5rem } .sheet > li { break-inside: avoid } .photo img { max-height: 6cm } .take { grid-template-columns: auto 1fr } .take .qr { width: 4cm } }
`;
