import { parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { parse } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';

const MAX_ENTRIES = 5_000;
const short = z.string().trim().min(1).max(300);
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** A domain as the DNS knows it: lower case, look-alike letters as `xn--`, with a port where it has one. */
const domain = z
  .string()
  .max(260)
  .transform((text, context) => {
    const host = /^[^\s/@?#]+$/.test(text) && URL.canParse(`https://${text}/`) ? new URL(`https://${text}/`).host : '';
    if (host.includes('.') || host.startsWith('localhost')) return host;
    context.addIssue({ code: 'custom', message: 'is a domain, such as school.example' });
    return z.NEVER;
  });

const entry = z
  .strictObject({
    /** A DID, or for Open Badges 2.0 the https address of the issuer's profile. */
    issuer: z
      .string()
      .regex(/^(did:[a-z0-9]+:\S+|https:\/\/\S+)$/)
      .max(2_048)
      .optional(),
    domain: domain.optional(),
    name: short,
    since: moment.optional(),
    until: moment.optional(),
    suspendedAt: moment.optional(),
  })
  .refine(value => value.issuer !== undefined || value.domain !== undefined, {
    message: 'has an issuer, a domain or both',
  });

/** A list of issuers with its owner, as it is imported, and as a checker brings one along. */
export const trustList = z.strictObject({
  name: short,
  owner: short,
  url: z.url({ protocol: /^https$/ }).optional(),
  entries: z.array(entry).max(MAX_ENTRIES),
});
/** What a checker brings along is looked through for every issuer of a check, so it is a short one. */
export const ownTrustList = trustList.extend({ entries: z.array(entry).max(500) });
export type TrustList = z.infer<typeof trustList>;
export type TrustEntry = TrustList['entries'][number];

/** @throws DomainError `request-invalid` */
export const parseTrustList = (value: unknown): TrustList => parse(trustList, value);

const COLUMNS = ['issuer', 'domain', 'name', 'since', 'until', 'suspendedAt'];

/**
 * Reads a list from JSON, or from CSV whose columns are those of an entry in any order; what CSV cannot say (the name of
 * the list and its owner) is given beside it.
 * @throws DomainError `json-malformed`, `request-invalid`
 */
export function readTrustList(text: string, given: { name?: string; owner?: string; url?: string } = {}): TrustList {
  if (/^\s*\{/.test(text)) {
    const value = parseJson(text.trim());
    return parse(trustList, { ...(value as object), ...withoutUndefined(given) });
  }
  return parse(trustList, { ...withoutUndefined(given), entries: readRows(text) });
}

function readRows(text: string): Record<string, string>[] {
  let rows: Record<string, string>[];
  try {
    rows = parseCsv(text, {
      columns: (header: string[]) => header.map(name => name.trim()),
      bom: true,
      skip_empty_lines: true,
      trim: true,
      to: MAX_ENTRIES + 1,
    });
  } catch (cause) {
    throw new DomainError('request-invalid', 'The list is neither JSON nor CSV that can be read.', { cause });
  }
  const unknown = Object.keys(rows[0] ?? {}).find(name => !COLUMNS.includes(name));
  if (unknown !== undefined) {
    throw new DomainError('request-invalid', `The columns are ${COLUMNS.join(', ')}.`, {
      extensions: { column: unknown.slice(0, 100) },
    });
  }
  return rows.map(row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
}

const withoutUndefined = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
