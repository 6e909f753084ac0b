import type { Context } from 'hono';
import type { SharePart } from '../credentials/index.ts';
import type { AwardState } from '../credentials/schema.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { bakePng, bakeSvg } from '../vc/bake.ts';
import { drawPaper } from '../wallets/index.ts';
import { Picture, WidePicture } from './art.tsx';
import { paperOf } from './badge-paper.ts';
import { readBadgeView } from './badge-view.ts';
import { messages } from './messages.ts';
import { offlineCodeIfAny } from './offline-code.ts';
import { picturePolicy } from './security.ts';
import { leaveOut } from './left-out.ts';
import { withoutHidden } from './visible.tsx';

/** A signed badge with what its picture is made of. */
export interface SignedBadge {
  /** Of its award. */
  id: string;
  /** What the file holds: byte for byte as it was signed, or an SD-JWT where parts are left out. */
  document: string;
  /** Whence its words are read. */
  credential: object;
  without?: readonly SharePart[];
  institution: { slug: string; name: string };
  state: AwardState;
  /** Of its page; absent before it was picked up. */
  shareToken: string | null;
}

export const fileKinds = {
  png: 'image/png',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
} as const;
export type FileKind = keyof typeof fileKinds;

/** The kind of file that a media type stands for. */
export const kindOf = (type: string): FileKind | undefined =>
  (Object.keys(fileKinds) as FileKind[]).find(kind => fileKinds[kind] === type);

const makers: Record<FileKind, (c: Context<AppEnv>, badge: SignedBadge) => Promise<Uint8Array | string>> = {
  png: async (c, badge) => bakePng(await c.var.deps.drawing.png(pictureOf(badge)), badge.document),
  svg: async (_, badge) => bakeSvg(pictureOf(badge), badge.document),
  pdf: drawBadge,
};

/** What a browser may do with each: a picture may be looked at, anything that could act is saved (threats P1, P5). */
const dispositions: Record<FileKind, string> = {
  png: 'inline; filename="badge.png"',
  svg: 'attachment; filename="badge.svg"',
  pdf: 'attachment; filename="badge.pdf"',
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

/** The badge with the words of its own language around it. */
function readBadge({ credential, without = [] }: Pick<SignedBadge, 'credential' | 'without'>) {
  const spoken = readBadgeView(credential, 'nl').language ?? 'nl';
  const language = spoken.toLowerCase().startsWith('nl') ? 'nl' : 'en';
  const badge = leaveOut(readBadgeView(credential, language), without);
  return { language, t: messages[language], badge } as const;
}

type Pictured = Pick<SignedBadge, 'credential' | 'without' | 'institution'>;

/** The picture of a badge, drawn from the institution's mark and the title. */
const pictureOf = (badge: SignedBadge): string => String(<Picture {...facesOf(badge)} standalone />);

function facesOf(signed: Pictured) {
  const { badge, t } = readBadge(signed);
  const { slug, name } = signed.institution;
  const title = withoutHidden(badge.title ?? t.badge.untitled);
  const kinds: Record<string, string> = t.kinds;
  return {
    seed: slug,
    issuer: withoutHidden(name),
    title,
    kind: kinds[badge.kind ?? 'other'] ?? t.kinds.other,
    label: t.share.picture(title),
  };
}

/** What a preview of a link to it shows: emblem, title and kind, and nobody's name. */
export const drawPreview = (c: Context<AppEnv>, badge: Pictured): Promise<Uint8Array> =>
  c.var.deps.drawing.png(String(<WidePicture {...facesOf(badge)} />));

/** The badge on paper. @throws DomainError `award-state` before it was picked up */
async function drawBadge(c: Context<AppEnv>, signed: SignedBadge) {
  const { document, institution, state, shareToken, without = [] } = signed;
  if (!shareToken)
    throw new DomainError('award-state', 'This badge has no page yet, to which its paper could lead.', {
      extensions: { state },
    });
  const { config, drawing, clock } = c.var.deps;
  const shareUrl = `${config.origin}/c/${shareToken}`;
  const facts = { document, institution, state, shareUrl, origin: config.origin, now: clock() };
  const { id } = signed.credential as { id: string };
  const whole = without.length === 0;
  // The short form tells the name, and leads past what is left out.
  const offline = whole ? await offlineCodeIfAny(c.var.deps, signed.id) : undefined;
  const more = { ...(whole ? { credentialId: id } : {}), ...(offline ? { offline } : {}) };
  const paper = paperOf({ ...readBadge(signed), ...facts, ...more });
  return drawPaper(paper, await drawing.fonts());
}
