import { DomainError } from '../../platform/errors.ts';
import { FetchError } from '../../platform/fetch.ts';
import { VcError } from '../../vc/errors.ts';

/** Why there is no badge in something; pages have a sentence for each. */
export type Kind =
  | 'claim'
  | 'damaged'
  | 'empty'
  | 'encoding'
  | 'file-kind'
  | 'gone'
  | 'json-token'
  | 'no-badge-in-page'
  | 'no-badge-in-pdf'
  | 'no-badge-in-picture'
  | 'pdf'
  | 'pdf-locked'
  | 'picture-kind'
  | 'picture-too-large'
  | 'qr-other'
  | 'too-many-badges'
  | 'too-many-links'
  | 'wallet-offer'
  | 'wallet-request';

export const unreadable = (kind: Kind, detail: string, cause?: unknown) =>
  new DomainError('credential-unreadable', detail, { cause, extensions: { kind } });

export const limit = (kind: Kind, detail: string) => new DomainError('limit-broken', detail, { extensions: { kind } });

export const tooLarge = (kind: Kind | undefined, detail: string) =>
  new DomainError('body-too-large', detail, { extensions: kind ? { kind } : {} });

/** What the readers of pictures refuse, in the words of the service. */
export function refuseVc(error: unknown): never {
  if (!(error instanceof VcError)) throw error;
  if (error.code === 'picture-malformed') throw unreadable('damaged', error.message, error);
  if (error.code === 'inflate-malformed') throw unreadable('damaged', 'The picture is damaged.', error);
  if (error.code === 'picture-too-large' || error.code === 'inflate-too-large')
    throw limit('picture-too-large', error.message);
  throw error;
}

/** What could not be fetched, without a word of what is there (threat V28). */
export function refuseFetch(error: unknown): never {
  if (!(error instanceof FetchError)) throw error;
  // 410 is how a site says that what it had is gone for good; a host of Open Badges 2.0, that it took a badge back.
  const gone = error.status === 410;
  const detail = gone
    ? 'The site says that the badge at this address is gone.'
    : 'There is no badge to read at this address.';
  throw new DomainError('credential-unreachable', detail, {
    cause: error,
    extensions: { reason: error.code, ...(gone ? { kind: 'gone' satisfies Kind } : {}) },
  });
}
