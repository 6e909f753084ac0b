/** What the pages of a learner's badges have beyond those of a badge: what waits, a state beside its sign, said words. */
export const badgesStyle = `
.shelf { list-style: none; padding: 0; display: grid; gap: .8rem }
.waits { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .9rem 1.1rem; align-items: center; background: var(--card); border: 1px solid var(--line); border-inline-start: .35rem solid var(--accent); border-radius: var(--radius); padding: 1rem 1.1rem }
.waits.missed { border-inline-start: 1px solid var(--line) }
.waits h3 { font-size: var(--step-0); overflow-wrap: anywhere }
.waits .art { width: 3.6rem }
.state { display: inline-flex; gap: .35rem; align-items: center; vertical-align: text-bottom } .state .sign { width: 1.1rem; flex: none }
.card.ended .art { filter: grayscale(1) }
.card a + .note { margin-top: .15rem }
.said { white-space: pre-line; border-inline-start: .2rem solid var(--line); padding-inline-start: .8rem }
form.seek { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: center; margin-top: 1.2rem } .seek input[type=text] { flex: 1 1 12rem; width: auto; margin-top: 0 }
fieldset { border: 0; padding: 0; min-width: 0 } fieldset .hint { margin-top: .4rem }
.pick { display: flex; gap: .6rem; align-items: flex-start; font-weight: 400; padding-block: .35rem } .pick input { width: 1.2rem; height: 1.2rem; margin-top: .2rem; flex: none; accent-color: var(--accent) }
@media (max-width: 34rem) { .waits { grid-template-columns: auto minmax(0, 1fr) } .waits > .button, .waits > form { grid-column: 1 / -1; text-align: center } .waits form .button { width: 100% } }
`;
