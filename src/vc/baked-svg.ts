// Reads what is baked into an SVG (OB 3.0 §5.3.2, OB 2.0 Baking §3), with a scanner that knows elements, attributes, CDATA
// and the five entities of XML, and nothing else: no definition is followed and nothing is expanded (threat P2).
import { VcError } from './errors.ts';

/** A badge in an SVG: the attribute `verify` (a JWS, or the address of an assertion) and the text between the tags. */
type BakedSvg = { verify?: string; body?: string };

const NAMESPACES = /^https?:\/\/(purl\.imsglobal\.org\/ob\/v3p0|openbadges\.org)\/?$/;
const ELEMENTS = ['credential', 'assertion'];
const MAX_DEPTH = 256;
const MAX_BAKED = 8;

type Element = { name: string; namespaces: Map<string, string>; baked?: { verify?: string; text: string } };

const NAME = /[^\s<>/='"&!?]+/y;
const SPACE = /\s*/y;
const VALUE = /"([^<"]*)"|'([^<']*)'/y;

/**
 * Finds the badges of an SVG by namespace, whatever the prefix. Undefined when the root is no `svg`.
 * @throws VcError `picture-malformed`, `picture-too-large`
 */
export function readBakedSvg(text: string): BakedSvg[] | undefined {
  const open: Element[] = [];
  const found: BakedSvg[] = [];
  let rootSeen = false;
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const result = pattern.exec(text);
    if (result) at = pattern.lastIndex;
    return result;
  };
  const skipPast = (end: string, from: number): string => {
    const stop = text.indexOf(end, from);
    if (stop < 0) throw malformed('something is not closed');
    at = stop + end.length;
    return text.slice(from, stop);
  };
  const addText = (piece: string) => {
    const baked = open.at(-1)?.baked;
    if (baked) baked.text += piece;
    else if (open.length === 0 && piece.trim()) throw malformed('there is text outside the picture');
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const piece = text.slice(at, next < 0 ? text.length : next);
    if (open.at(-1)?.baked || open.length === 0) addText(decoded(piece));
    if (next < 0) break;
    at = next;
    if (text.startsWith('<!--', at)) skipPast('-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) addText(skipPast(']]>', at + 9));
    else if (text.startsWith('<?', at)) skipPast('?>', at + 2);
    else if (text.startsWith('<!', at)) {
      // A document type may be named, as many drawing programs do; it may not define anything.
      const declaration = skipPast('>', at + 2);
      if (rootSeen || !/^DOCTYPE\s[^[]*$/i.test(declaration)) throw malformed('it defines entities of its own');
    } else if (text[at + 1] === '/') {
      at += 2;
      const name = match(NAME)?.[0];
      match(SPACE);
      const element = open.pop();
      if (text[at++] !== '>' || !element || element.name !== name) throw malformed('its tags do not match');
      if (element.baked) keep(element.baked);
    } else {
      at += 1;
      const element = readTag();
      if (!rootSeen && localName(element.name) !== 'svg') return undefined;
      if (rootSeen && open.length === 0) throw malformed('there is more than one picture');
      rootSeen = true;
      const closed = text[at] === '/';
      if (closed) at++;
      if (text[at++] !== '>') throw malformed('a tag is not closed');
      if (!closed) open.push(element);
      else if (element.baked) keep(element.baked);
      if (open.length > MAX_DEPTH)
        throw new VcError('picture-too-large', `The picture has more than ${MAX_DEPTH} levels.`);
    }
  }
  if (open.length > 0) throw malformed('it is cut off');
  return rootSeen ? found : undefined;

  function keep({ verify, text: body }: { verify?: string; text: string }): void {
    found.push({ verify: verify?.trim() || undefined, body: body.trim() || undefined });
    if (found.length > MAX_BAKED)
      throw new VcError('picture-too-large', `The picture has more than ${MAX_BAKED} badges.`);
  }

  /** A start tag from its name up to what closes it. */
  function readTag(): Element {
    const name = match(NAME)?.[0];
    if (!name) throw malformed('a tag has no name');
    const attributes = new Map<string, string>();
    for (match(SPACE); at < text.length && text[at] !== '>' && text[at] !== '/'; match(SPACE)) {
      const attribute = match(NAME)?.[0];
      match(SPACE);
      if (!attribute || text[at++] !== '=') throw malformed('an attribute has no value');
      match(SPACE);
      const value = match(VALUE);
      if (!value || attributes.has(attribute)) throw malformed('an attribute is not as it should be');
      attributes.set(attribute, value[1] ?? value[2] ?? '');
    }
    const declared = [...attributes].filter(([attribute]) => /^xmlns(:|$)/.test(attribute));
    const namespaces = new Map(declared.map(([attribute, value]) => [attribute.slice(6), decoded(value)]));
    const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : '';
    const ours = ELEMENTS.includes(localName(name)) && NAMESPACES.test(namespaceOf(prefix, namespaces));
    if (!ours) return { name, namespaces };
    const verify = attributes.get('verify');
    return { name, namespaces, baked: { verify: verify === undefined ? undefined : decoded(verify), text: '' } };
  }

  /** Looked up when it is asked for: copied down, the definitions of a root would be counted again for each element. */
  function namespaceOf(prefix: string, own: Map<string, string>): string {
    for (let i = open.length, at = own; ; at = open[i]!.namespaces) {
      const found = at.get(prefix);
      if (found !== undefined || i-- === 0) return found ?? '';
    }
  }
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));|&/g, (_, decimal, hexadecimal, name) => {
    const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined;
    if (code !== undefined && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff))
      return String.fromCodePoint(code);
    if (code === undefined && name && Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!;
    throw malformed('it uses an entity that XML does not know');
  });
}

const malformed = (what: string) => new VcError('picture-malformed', `The picture is damaged: ${what}.`);
