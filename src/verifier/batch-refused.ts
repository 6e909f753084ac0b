import { DomainError } from '../platform/errors.ts';

/** Badges that one batch may hold. */
export const MAX_BATCH = 200;

/** Why there is nothing to check many of; pages have a sentence for each. */
type BatchRefusal =
  | 'batch-empty'
  | 'batch-one'
  | 'batch-many'
  | 'file-too-large'
  | 'sheet-encoding'
  | 'sheet-no-links'
  | 'sheet-old'
  | 'sheet-too-large'
  | 'sheet-unreadable';

const sentences: Record<BatchRefusal, string> = {
  'batch-empty': 'There is nothing in this to check.',
  'batch-one': 'This is one badge. One badge is checked as a verification.',
  'batch-many': `A batch has at most ${MAX_BATCH} badges.`,
  'file-too-large': 'A file in a batch has at most 1,400,000 bytes.',
  'sheet-encoding': 'The file is not UTF-8.',
  'sheet-no-links': 'There is no column with links in this.',
  'sheet-old': 'This is a spreadsheet of an old kind (XLS). Save it as XLSX or CSV.',
  'sheet-too-large': 'The spreadsheet is too large. Keep the sheet with the links only.',
  'sheet-unreadable': 'The spreadsheet cannot be read.',
};

/** A batch that is not taken in, with how many there were where that is what is wrong. */
export const refused = (kind: BatchRefusal, more: { count?: number; file?: string; cause?: unknown } = {}) => {
  const { cause, ...told } = more;
  return new DomainError('request-invalid', sentences[kind], { cause, extensions: { kind, ...told } });
};
