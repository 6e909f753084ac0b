import type { Context } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import { bakePng, bakeSvg } from '../vc/bake.ts';
import { Picture } from './art.tsx';
import { readBadgeView } from './badge-view.ts';
import { messages } from './messages.ts';
import { picturePolicy } from './security.ts';
import { withoutHidden } from './visible.tsx';

/** A signed badge with what its picture is made of. */
export interface SignedBadge {
  /** Byte for byte as it was signed. */
  document: string;
  institution: { slug: string; name: string };
}

export const fileKinds = {
  png: 'image/png',
  svg: 'image/svg+xml',
} as const;
export type FileKind = keyof typeof fileKinds;

/** The kind of file that a media type stands for. */
export const kindOf = (type: string): FileKind | undefined =>
  (Object.keys(fileKinds) as FileKind[]).find(kind => fileKinds[kind] === type);

const makers: Record<FileKind, (c: Context<AppEnv>, badge: SignedBadge) => Promise<Uint8Array | string>> = {
  png: async (c, badge) => bakePng(await c.var.deps.drawing.png(pictureOf(badge)), badge.document),
  svg: async (_, badge) => bakeSvg(pictureOf(badge), badge.document),
};

/** What a browser may do with each: a picture may be looked at, anything that could act is saved (threats P1, P5). */
const dispositions: Record<FileKind, string> = {
  png: 'inline; filename="badge.png"',
  svg: 'attachment; filename="badge.svg"',
};

/** The badge as a file that holds it. It is about someone, so no cache keeps it and no search engine finds it. */
export async function sendBadgeFile(c: Context<AppEnv>, kind: FileKind, badge: SignedBadge): Promise<Response> {
  const made = await makers[kind](c, badge);
  return c.body(typeof made === 'string' ? made : new Uint8Array(made), 200, {
    'content-type': fileKinds[kind],
    'content-disposition': dispositions[kind],
    'content-security-policy': picturePolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  });
}

/** The picture of a badge, drawn from the institution's mark and the title, in the badge's own language. */
function pictureOf({ document, institution }: SignedBadge): string {
  const spoken = readBadgeView(JSON.parse(document), 'nl');
  const language = spoken.language && !spoken.language.startsWith('nl') ? 'en' : 'nl';
  const t = messages[language];
  const badge = readBadgeView(JSON.parse(document), language);
  const title = withoutHidden(badge.title ?? t.badge.untitled);
  const kinds: Record<string, string> = t.kinds;
  const picture = (
    <Picture
      seed={institution.slug}
      issuer={withoutHidden(institution.name)}
      title={title}
      kind={kinds[badge.kind ?? 'other'] ?? t.kinds.other}
      label={t.share.picture(title)}
      standalone
    />
  );
  return String(picture);
}
