/** What the pages of many badges at once have beyond those of one: a bar of progress, and rows that can be acted on. */
export const manyStyle = `
.progress { width: 100%; height: 1.1rem; margin-top: 1.2rem; accent-color: var(--brand) }
.rows .number { width: 3.2rem; color: var(--soft) } .rows th[scope=row] { width: 28%; font-weight: 400; overflow-wrap: anywhere } .rows td.outcome { width: 38% }
.rows .outcome .sign { width: 1.2rem; vertical-align: text-bottom } .rows .outcome > .why, .rows .outcome > .note, .rows .outcome > a { display: block; margin-top: .15rem }
.actions + .note { margin-top: .8rem }
.rows .note, .rows .why { font-size: var(--step--1) }
@media (max-width: 34rem) { .rows.stack .number, .rows.stack th[scope=row], .rows.stack td.outcome { width: auto } .rows.stack th[scope=row] { font-weight: 600 } .rows.stack td:empty { display: none } }
main.embed { padding: .8rem; max-width: none } .embed .answer { margin: 0 } .embed .answer h1 { font-size: var(--step-1) } .embed .seal svg { width: 2.6rem }
.bars { width: 100%; height: auto; display: block; margin-block: 1rem } .b-valid { fill: var(--valid) } .b-invalid { fill: var(--invalid) } .b-indeterminate { fill: var(--unknown) } .bars text { fill: var(--soft); font-size: 11px } .bars line { stroke: var(--line) }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem } .key svg { width: .9rem; height: .9rem; vertical-align: baseline }
`;
