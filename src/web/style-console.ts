/** What the console has beyond the pages of learners and checkers: wide, dense, with tables and forms. */
export const consoleStyle = `
main.wide, body:has(main.wide) .bar, body:has(main.wide) footer > * { max-width: 74rem }
.console-head { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem }
.crumbs { color: var(--soft); font-size: var(--step--1) } .crumbs a { color: var(--soft); display: inline-block; padding-block: .3rem }
.rooms ul { display: flex; flex-wrap: wrap; gap: 0 1.4rem; list-style: none; padding: 0 }
.rooms a { display: block; padding: .55rem 0; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px }
.rooms a:hover { color: var(--ink); border-color: var(--edge) }
.rooms [aria-current] { color: var(--ink); font-weight: 600; border-color: var(--brand) }
.notice.wrong { border-inline-start-color: var(--invalid) } .notice.done { border-inline-start-color: var(--valid) }
h1 + .notice { margin-top: 1rem }
`;
