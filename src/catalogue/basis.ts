/** The legal ground of a decision (domain.md, The basis of a decision). Without one there is no award. */
export const bases = ['assessment', 'exemption', 'evc', 'organisation'] as const;
export type Basis = (typeof bases)[number];
