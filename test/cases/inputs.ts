// The same badge in everything that a badge can be handed over in.
import type { Json } from '../support/badges.ts';
import { asJpeg, asPng, itxt, pdf, png, qrPicture, svg, svgBody, svgVerify, text } from '../support/containers.ts';
import { ASSERTION, SITE } from '../support/ob2.ts';
import type { Answers, Made, Place } from './place.ts';
import { suites, type Variant } from './suites.ts';

/** What is sent to the check. */
export type Handed = { credential: unknown } | { url: string } | { file: Uint8Array };

export const OWN = 'https://worker.example';

type Wrap = (credential: unknown, place: Place) => { handed: Handed; answers?: Answers };
type Input = { suite: string; wrap: Wrap };

const json = (credential: unknown) => JSON.stringify(credential);
const file = (content: Uint8Array | string): { handed: Handed } => ({
  handed: { file: typeof content === 'string' ? new TextEncoder().encode(content) : content },
});
const at = (place: Place, path = 'badge') => `https://${place.host}/${path}`;
/** A link, behind which there is something. */
const behind = (place: Place, content: unknown) => ({
  handed: { url: at(place) } as Handed,
  answers: { [at(place)]: content },
});

const OB3 = 'eddsa-rdfc-2022';
const OB2 = 'Open Badges 2.0, hosted';
const SHORT = 'short form, ES256';
const shortCode = (credential: unknown) => `${OWN.toUpperCase()}/V#${String(credential)}`;
const ob2Png = (credential: unknown) => png([text(json(credential))]);
const assertionAt = (place: Place) => ASSERTION.replace(new URL(SITE).host, place.host);
const page = (href: string) =>
  `<!DOCTYPE html><html><head><link rel="alternate" type="application/json" href="${href}"></head><body></body></html>`;

export const inputs: Record<string, Input> = {
  JSON: { suite: OB3, wrap: credential => ({ handed: { credential } }) },
  'JSON, as a file': { suite: OB3, wrap: credential => file(json(credential)) },
  'a presentation with one badge': {
    suite: OB3,
    wrap: credential => ({
      handed: { credential: { '@context': [], type: ['VerifiablePresentation'], verifiableCredential: [credential] } },
    }),
  },
  'compact JWS': { suite: 'VC-JWT, ES256', wrap: credential => ({ handed: { credential } }) },
  'SD-JWT': { suite: 'SD-JWT VC', wrap: credential => ({ handed: { credential } }) },
  'PNG, Open Badges 3.0': { suite: OB3, wrap: credential => file(png([itxt(json(credential))])) },
  'PNG, Open Badges 2.0': { suite: OB2, wrap: credential => file(ob2Png(credential)) },
  'PNG with a link, Open Badges 2.0': { suite: OB2, wrap: (_, place) => file(png([text(assertionAt(place))])) },
  'SVG, Open Badges 3.0': { suite: OB3, wrap: credential => file(svg(svgBody(json(credential)))) },
  'SVG with a JWS': { suite: 'VC-JWT, ES256', wrap: credential => file(svg(svgVerify(String(credential)))) },
  'SVG, Open Badges 2.0': {
    suite: OB2,
    wrap: credential => {
      const inside = svgBody(json(credential), 'assertion');
      return file(svg(inside, { namespace: 'http://openbadges.org' }));
    },
  },
  'PDF with a badge attached': {
    suite: OB3,
    wrap: credential => file(pdf([{ name: 'badge.json', content: json(credential) }])),
  },
  'PNG of a QR code with a link': {
    suite: OB3,
    wrap: (credential, place) => ({ ...behind(place, credential), ...file(asPng(qrPicture(at(place)))) }),
  },
  'JPEG of a QR code with a link': {
    suite: OB3,
    wrap: (credential, place) => ({ ...behind(place, credential), ...file(asJpeg(qrPicture(at(place)))) }),
  },
  'the short form, as it stands in a QR code': {
    suite: SHORT,
    wrap: credential => ({ handed: { credential: shortCode(credential) } }),
  },
  'PNG of a QR code with the short form': {
    suite: SHORT,
    wrap: credential => file(asPng(qrPicture(shortCode(credential)))),
  },
  'link to JSON': { suite: OB3, wrap: (credential, place) => behind(place, credential) },
  'link to a JWS': { suite: 'VC-JWT, ES256', wrap: (credential, place) => behind(place, credential) },
  'link to an SD-JWT': { suite: 'SD-JWT VC', wrap: (credential, place) => behind(place, credential) },
  'link to a PNG': { suite: OB3, wrap: (credential, place) => behind(place, png([itxt(json(credential))])) },
  'link to an SVG': { suite: OB3, wrap: (credential, place) => behind(place, svg(svgBody(json(credential)))) },
  'link to a PDF': { suite: OB3, wrap: (credential, place) => behind(place, pdf([{ content: json(credential) }])) },
  'link to a page that names the data': {
    suite: OB3,
    wrap: (credential, place) => ({
      handed: { url: at(place) },
      answers: { [at(place)]: page('/data.json'), [at(place, 'data.json')]: credential },
    }),
  },
  'link to our own check of a link (`/verify?url=`)': {
    suite: OB3,
    wrap: (credential, place) => ({
      ...behind(place, credential),
      handed: { url: `${OWN}/verify?url=${encodeURIComponent(at(place))}` },
    }),
  },
  'link to an assertion of Open Badges 2.0': {
    suite: OB2,
    wrap: (_, place) => ({ handed: { url: assertionAt(place) } }),
  },
  'link to a page of edubadges': {
    suite: OB2,
    wrap: (credential, place) => {
      const shown = assertionAt(place).replace(place.host, `www.${place.host}`);
      const api = assertionAt(place).replace(place.host, `api.${place.host}`);
      return { handed: { url: shown }, answers: { [shown]: page('/nothing'), [api]: credential } };
    },
  },
};

/** Whether there is something to change in it: a link to what the issuer itself says has nothing of its own. */
export const canBeChanged = (name: string): boolean =>
  !['PNG with a link, Open Badges 2.0', 'link to an assertion of Open Badges 2.0'].includes(name);

export async function handIn(
  { suite, wrap }: Input,
  place: Place,
  variant: Variant,
): Promise<{ handed: Handed; answers: Answers }> {
  const { credential, answers }: Made = await suites[suite]!(place, variant);
  const { handed, answers: more = {} } = wrap(credential, place);
  return { handed, answers: { ...(answers as Json), ...more } };
}
