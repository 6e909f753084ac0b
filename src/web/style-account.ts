/** What the pages of a person have beyond those of a badge: ties and sessions as a list, and short fields. */
export const accountStyle = `
.ties { list-style: none; padding: 0; display: grid; gap: .9rem; margin-top: 1rem }
.tie { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.1rem }
.tie h2, .tie h3 { font-size: var(--step-1); overflow-wrap: anywhere } .tie h2 small, .tie h3 small { display: block; font-weight: 400; font-size: var(--step--1); color: var(--soft) }
.tie .facts { margin-top: .8rem; gap: .6rem var(--gap-2) }
.tie .actions, .row .actions { margin-top: .8rem }
.row { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; justify-content: space-between; align-items: center; padding-block: .7rem; border-top: 1px solid var(--line) }
.row form .actions, .row .actions { margin-top: 0 }
.button.quiet { background: none; color: var(--ink); border: 1px solid var(--edge) }
.button.danger { background: var(--invalid); color: var(--paper) }
input[type=email], input[type=text], select { width: 100%; max-width: 26rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .55rem; padding: .65rem .75rem; margin-top: .4rem; display: block }
.copy { display: block; background: var(--wash); border-radius: .5rem; padding: .6rem .8rem; margin-top: .3rem; user-select: all }
`;
