import type { Messages } from './messages.ts';

export interface Download {
  href: string;
  /** The name under which it is saved. */
  file: string;
  label: string;
}

/** The files that a badge can be taken along as, each under `base` and its suffix: `/c/TOKEN` or `/badges/ID/badge`. */
export function downloadsOf(t: Messages, base: string): Download[] {
  const files = { json: t.share.download, png: t.files.png, pdf: t.files.pdf };
  return Object.entries(files).map(([kind, label]) => ({ href: `${base}.${kind}`, file: `badge.${kind}`, label }));
}

/** Those that go with a link that leaves parts out. */
export const shortDownloadsOf = (t: Messages, base: string): Download[] => [
  { href: `${base}.sd-jwt`, file: 'badge.sd-jwt', label: t.files.sdJwt },
  ...downloadsOf(t, base).filter(({ file }) => file !== 'badge.json'),
];

/** The same for its owner, who may also have it in the European model; paper only once it has a page to lead to. */
export function ownDownloadsOf(t: Messages, badge: { id: string; shareToken: string | null }): Download[] {
  const base = `/badges/${badge.id}/badge`;
  return [
    ...downloadsOf(t, base).filter(({ file }) => badge.shareToken !== null || file !== 'badge.pdf'),
    { href: `${base}.elm.json`, file: 'badge-unsealed.elm.json', label: t.files.elm },
  ];
}
