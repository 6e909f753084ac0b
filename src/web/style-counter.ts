/** The form of the check, the camera, and what is asked further. */
export const counterStyle = `
.drop { border: 2px dashed var(--edge); border-radius: var(--radius); margin-top: .5rem; background: var(--card); overflow: hidden }
.drop:focus-within { border-color: var(--accent); border-style: solid } .over .drop { border-color: var(--accent); border-style: solid; background: var(--valid-wash) }
.drop + .hint { margin-top: .4rem }
.drop textarea { min-height: 4.6rem; border: 0; border-radius: 0; margin: 0; display: block; background: none } .drop textarea:focus-visible, .drop input:focus-visible { outline-offset: -4px }
.drop textarea[aria-invalid=true] { box-shadow: inset 0 0 0 2px var(--invalid) }
.drop label { font-weight: 400; color: var(--soft); border-top: 1px solid var(--line); margin-inline: .75rem; padding-top: .6rem }
.drop input[type=file] { border: 0; margin: 0; padding: .4rem .75rem .75rem; background: none }
.button.second { background: none; color: var(--ink); box-shadow: inset 0 0 0 2px var(--edge) } .button.second:hover { background: var(--wash); filter: none }
.camera-sign { width: 1.35rem; vertical-align: -.25rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round }
.told:not(:empty) { margin-top: .9rem; font-weight: 600 }
[aria-busy=true] .told::before { content: ""; display: inline-block; width: .9em; height: .9em; margin-inline-end: .6em; border: .2em solid var(--line); border-top-color: var(--accent); border-radius: 50%; vertical-align: -.1em }
.viewfinder { display: none; margin-top: 1.3rem } .live .viewfinder { display: block } .viewfinder video { width: 100%; max-height: 60vh; border-radius: var(--radius); background: #000; display: block; object-fit: cover }
.camera .told { font-size: var(--step-1) } .camera [hidden], .kept [hidden] { display: none }
.kept > * + *, .kept > div > section + section { margin-top: var(--gap-3) }
:is(h1, h2)[tabindex]:focus { outline: none }
.answer h1.verdict { font-size: clamp(2rem, 1.4rem + 3.2vw, 3rem) }
.checks .remedy { grid-column: 3; color: var(--soft) }
.checks .remedy strong { font-weight: 600; color: var(--ink) }
.compared:has(.sign.ok) { background: var(--card); border-color: var(--line) }
.ask { border-inline-start: .25rem solid var(--line); padding: .2rem 0 .6rem 1rem } .ask .field { margin-top: .8rem }
@media (max-width: 34rem) { .checks .remedy { grid-column: 2 } .actions .button { width: 100%; text-align: center } }
@media (prefers-reduced-motion: no-preference) { [aria-busy=true] .told::before { animation: turn 1s linear infinite } @keyframes turn { to { transform: rotate(1turn) } } }
`;
