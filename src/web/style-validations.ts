/** A validation: the ring, the turn, the talk. */
export const validationsStyle = `
.turn { display: grid; grid-template-columns: auto 1fr; gap: 1.4rem; align-items: center; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.4rem; margin-top: 1.2rem }
.phases { width: 8.5rem } .phases .arc { fill: none; stroke: var(--line); stroke-width: 13 } .phases .done { stroke: var(--brand) } .phases .now { stroke: var(--accent) }
.phases text { font: 600 11px system-ui, sans-serif; fill: var(--ink); text-anchor: middle } .phases .small { font-weight: 400; font-size: 10.5px; fill: var(--soft) }
.talked { list-style: none; padding: 0; display: grid; gap: 1.1rem } .talked > li { border-inline-start: 4px solid var(--line); padding: .2rem 0 .2rem 1rem } .talked > .mine { border-color: var(--brand) } .talked > .open { border-color: var(--accent) }
.who { color: var(--soft); font-size: var(--step--1) } .spoke { white-space: pre-line; margin-top: .2rem }
.toggles { display: grid; grid-template-columns: 1fr auto; gap: .4rem 1rem; align-items: center }
#judged > section { margin-top: var(--gap-3) }
.lines { list-style: none; padding: 0 } .lines > li { padding-block: .8rem; border-top: 1px solid var(--line) }
.running { list-style: none; padding: 0; display: grid; gap: .8rem; margin-top: 1.4rem } .running li { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.1rem 1.2rem } .running h2 { font-size: var(--step-1) } .running p { margin-top: .25rem }
.steps { padding-inline-start: 1.4rem; margin-top: .8rem } .steps li { margin-top: .3rem }
.decided { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.1rem 1.2rem } .decided + .decided { margin-top: 1rem } .decided .state { font-weight: 600; color: var(--unknown) } .decided .state.valid { color: var(--valid) }
main > .turn + details, main > section + details { margin-top: 1.2rem }
@media (max-width: 34rem) { .turn { grid-template-columns: 1fr; justify-items: start } .phases { width: 7rem } .toggles { grid-template-columns: 1fr } .turn .button.big { width: 100%; text-align: center } }
`;
