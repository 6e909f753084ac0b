import { DomainError } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import { parseJson } from '../platform/json.ts';
import { readImport } from './import.ts';
import { readCase } from './import-case.ts';
import { type NamedBytes, readEsco } from './import-esco.ts';
import { findOoapi, readOoapi } from './import-ooapi.ts';
import { array, firstWords, isObject, type Json, text } from './json-reading.ts';
import type { AchievementItem, ImportPackage, Refused } from './package.ts';
import { decode } from './read-csv.ts';

interface PackageOptions {
  /** Of files of ESCO whose names do not say it. */
  language?: Language;
  /** Where an OOAPI was read; it names the framework of its outcomes. */
  address?: string;
}

/** Deeper than any package that was seen; a page of an OOAPI with everything expanded has 12. */
const DEPTH = { maxDepth: 32 };

/**
 * Reads what someone brought, whichever of the known kinds it is by its content: ESCO's CSV (several files at once), a
 * package of CASE, resources of an OOAPI, badge classes of edubadges, achievements of Open Badges 3.0 or of our own form.
 * @throws DomainError `import-unreadable`, `import-encoding`, `framework-cycle`, `json-malformed`, `limit-depth`
 */
export async function readPackage(files: readonly NamedBytes[], options: PackageOptions = {}): Promise<ImportPackage> {
  if (!files.length) throw new DomainError('import-unreadable', 'There is no file.');
  if (files.every(file => /\.csv$/i.test(file.name))) {
    const { framework, refused, notes } = await readEsco(files, options.language);
    return { kind: 'esco', frameworks: [framework], achievements: [], refused, notes };
  }
  if (files.length > 1) throw new DomainError('import-unreadable', 'Several files at once are read of ESCO only.');
  let whole = '';
  for await (const part of decode(files[0]!.bytes)) whole += part;
  return readDocument(parseJson(whole, DEPTH), options);
}

function readDocument(document: unknown, { address = 'https://ooapi.invalid' }: PackageOptions): ImportPackage {
  if (isObject(document) && ('CFDocument' in document || 'CFItems' in document)) {
    const { framework, refused, notes } = readCase(document);
    return { kind: 'case', frameworks: [framework], achievements: [], refused, notes };
  }
  const ooapi = findOoapi(document);
  if (ooapi) return { kind: 'ooapi', ...readOoapi(ooapi, address) };
  return readAchievements(listOf(document));
}

/** One document or several: a list, or the lists under which services answer with theirs. */
function listOf(document: unknown): unknown[] {
  if (!isObject(document)) return array(document);
  for (const name of ['items', 'result', 'achievements', 'badgeClasses', 'credentials'])
    if (Array.isArray(document[name])) return document[name];
  return [document];
}

function readAchievements(documents: unknown[]): ImportPackage {
  const achievements: AchievementItem[] = [];
  const refused: Refused[] = [];
  const badgeClass = (value: unknown): value is Json => isObject(value) && array(value.type).includes('BadgeClass');
  documents.forEach((document, i) => {
    try {
      const { content, notes } = readImport(document);
      // Ids of edubadges are addresses of their own; those of Open Badges 3.0 are used again in published examples.
      const id = badgeClass(document) ? text(document.id) || text(document.entity_id) : '';
      achievements.push({ content, notes, ...(id ? { source: `edubadges:${id.slice(0, 500)}` } : {}) });
    } catch (error) {
      // What is wrong with the only one is told as it is.
      if (!(error instanceof DomainError) || documents.length === 1) throw error;
      const name = isObject(document) ? text(document.name) : '';
      refused.push({ at: `${i + 1}${name ? ` (${firstWords(name, 60)})` : ''}`, why: 'unreadable' });
    }
  });
  if (!achievements.length) throw new DomainError('import-unreadable', 'There is nothing in this file that we know.');
  const kind = documents.some(badgeClass) ? 'edubadges' : 'open-badges';
  return { kind, frameworks: [], achievements, refused, notes: [] };
}
