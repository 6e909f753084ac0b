/** What the page and its worker call by the same name: what is kept, and the addresses of the page and the knowledge. */
export const KEPT = 'without-network';
export const PAGE = '/verify/offline';
export const KNOWLEDGE = '/verify/offline/knowledge';
