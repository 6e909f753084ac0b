/** Words about something, as OB 3.0 says them (§B.1.8, EndorsementCredential). Pure. */
import { OB_CONTEXT, VC2_CONTEXT } from './contexts.ts';
import { formatDateTimeStamp } from './date.ts';
import type { Profile } from './open-badge.ts';

interface Said {
  id: string;
  issuer: Profile;
  at: Date;
  name: string;
  /** Who said it, and how that is known. */
  description: string;
  /** The id of what is endorsed. */
  about: string;
  comment: string;
}

/** An endorsement before its signature. */
export const endorsementCredential = ({ id, issuer, at, name, description, about, comment }: Said) => ({
  '@context': [VC2_CONTEXT, OB_CONTEXT],
  id,
  type: ['VerifiableCredential', 'EndorsementCredential'],
  issuer,
  validFrom: formatDateTimeStamp(at),
  name,
  description,
  credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: comment },
});
