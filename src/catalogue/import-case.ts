import { DomainError } from '../platform/errors.ts';
import { array, firstWords, httpUrl, isObject, type Json, objects, text } from './json-reading.ts';
import { type FrameworkPackage, isFormula, type LinkKind, type PackageItem, type Refused } from './package.ts';

/** What a CFAssociation says, as far as it is kept here. */
const linkKinds: Record<string, LinkKind> = { isChildOf: 'broader', isPartOf: 'part' };

/**
 * Reads a package of CASE 1.1: its CFDocument is the framework, its CFItems are the outcomes. Associations that lead in
 * a circle make the whole package unusable: which of them is wrong cannot be told from here. Pure.
 * @throws DomainError `import-unreadable`, `framework-cycle` with `items`
 */
export function readCase(document: Json): { framework: FrameworkPackage; refused: Refused[]; notes: string[] } {
  const about = isObject(document.CFDocument) ? document.CFDocument : undefined;
  const uri = httpUrl(about?.uri);
  const title = text(about?.title);
  if (!about || !uri || !title)
    throw new DomainError('import-unreadable', 'The package has no CFDocument with a title and a uri.');
  const notes: string[] = [];
  const language = languageOf(about, notes);
  const refused: Refused[] = [];
  const items: FrameworkPackage['items'] = new Map();
  const addresses = new Map<string, string>();
  for (const source of array(document.CFItems)) {
    const item = isObject(source) ? source : {};
    const id = text(item.identifier);
    const at = id || firstWords(text(item.fullStatement), 60) || '?';
    const why = refusal(item, id, addresses);
    if (why) refused.push({ at, why });
    if (why) continue;
    const address = httpUrl(item.uri)!;
    if (items.has(address)) {
      refused.push({ at, why: 'twice' });
      continue;
    }
    addresses.set(id, address);
    items.set(address, itemOf(item, languageOf(item, notes, language)));
  }
  const links = readLinks(document, addresses, text(about.identifier), notes);
  const cycle = findCycle(links);
  if (cycle)
    throw new DomainError('framework-cycle', 'Items of this package stand above themselves. Nothing was imported.', {
      extensions: { items: cycle.slice(0, 20) },
    });
  for (const parent of new Set(links.filter(l => l.kind === 'broader').map(l => l.to))) {
    const item = items.get(parent);
    if (item) items.set(parent, { ...item, kind: 'group' });
  }
  const version = text(about.version).slice(0, 50);
  return {
    framework: {
      framework: {
        uri,
        kind: 'qualification',
        source: 'case',
        ...(version ? { version } : {}),
        names: { [language]: title.slice(0, 300) },
      },
      items,
      links,
      wholeOf: refused.some(r => r.why === 'address') ? new Set() : new Set(['outcome', 'competence', 'group']),
    },
    refused,
    notes: [...new Set(notes)],
  };
}

function refusal(item: Json, id: string, known: Map<string, string>): Refused['why'] | undefined {
  if (!id || !httpUrl(item.uri) || text(item.uri).length > 1_000) return 'address';
  if (known.has(id)) return 'twice';
  const name = text(item.fullStatement);
  if (!name) return 'name-missing';
  if (isFormula(name)) return 'formula';
  return name.length > 2_000 ? 'too-long' : undefined;
}

function itemOf(item: Json, language: 'nl' | 'en'): PackageItem {
  const code = text(item.humanCodingScheme).slice(0, 200);
  const level = array(item.educationLevel).map(text).filter(Boolean).join(', ').slice(0, 50);
  const short = text(item.abbreviatedStatement).slice(0, 300);
  const notes = text(item.notes).slice(0, 10_000);
  return {
    kind: /compet/i.test(text(item.CFItemType)) ? 'competence' : 'outcome',
    ...(code ? { code } : {}),
    ...(level ? { level } : {}),
    words: {
      [language]: {
        name: text(item.fullStatement),
        ...(notes ? { description: notes } : {}),
        ...(short ? { also: [short] } : {}),
      },
    },
  };
}

/** The two languages that are told here; another one is told as English, and said so. */
function languageOf(source: Json, notes: string[], otherwise: 'nl' | 'en' = 'en'): 'nl' | 'en' {
  const tag = text(source.language).toLowerCase();
  if (!tag) return otherwise;
  if (/^nl\b/.test(tag)) return 'nl';
  if (!/^en\b/.test(tag)) notes.push(`Texts in the language "${firstWords(tag, 20)}" stand here as English.`);
  return 'en';
}

function readLinks(
  document: Json,
  addresses: Map<string, string>,
  documentId: string,
  notes: string[],
): FrameworkPackage['links'] {
  const links: FrameworkPackage['links'] = [];
  let outside = 0;
  let other = 0;
  for (const association of objects(document.CFAssociations)) {
    const kind = linkKinds[text(association.associationType)];
    const end = (node: unknown) => (isObject(node) ? text(node.identifier) : '');
    const [from, to] = [end(association.originNodeURI), end(association.destinationNodeURI)];
    // The top of the tree hangs on the document itself.
    if (to === documentId || from === documentId) continue;
    if (!kind) other++;
    else if (addresses.has(from) && addresses.has(to))
      links.push({ from: addresses.get(from)!, to: addresses.get(to)!, kind });
    else outside++;
  }
  if (outside) notes.push(`${outside} associations lead to what is not in this package and were left out.`);
  if (other) notes.push(`${other} associations are of a type that is not kept here.`);
  return links;
}

/**
 * Items that stand above themselves, each once; undefined when there are none. Without recursion: depth is the
 * sender's.
 */
function findCycle(links: readonly { from: string; to: string }[]): string[] | undefined {
  const up = new Map<string, string[]>();
  for (const { from, to } of links) {
    const above = up.get(from);
    if (above) above.push(to);
    else up.set(from, [to]);
  }
  const state = new Map<string, 'open' | 'done'>();
  for (const start of up.keys()) {
    if (state.has(start)) continue;
    const path: { at: string; next: number }[] = [{ at: start, next: 0 }];
    state.set(start, 'open');
    while (path.length) {
      const top = path.at(-1)!;
      const to = up.get(top.at)?.[top.next++];
      if (to === undefined) {
        state.set(top.at, 'done');
        path.pop();
      } else if (state.get(to) === 'open') return path.slice(path.findIndex(p => p.at === to)).map(p => p.at);
      else if (!state.has(to)) {
        state.set(to, 'open');
        path.push({ at: to, next: 0 });
      }
    }
  }
  return undefined;
}
