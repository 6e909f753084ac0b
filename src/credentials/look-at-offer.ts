import type { Assurance } from '../people/index.ts';
import { hinted } from '../platform/addresses.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { type Known, knownOf, sameName } from './claimant.ts';
import { judgeClaim, type Standing } from './judge-claim.ts';
import { provesAddress } from './letter-secret.ts';
import { type Offered, readOffer } from './read-offer.ts';

/** An offer as it stands before whoever looks at it. */
export interface Look extends Offered {
  standing: Standing;
  /** Their account proves to be its recipient, whatever else is in the way. */
  mine: boolean;
  asked: Assurance;
  /** What is known of who looks; absent when nobody is signed in. */
  known?: Known;
  personId?: string;
  recipient: {
    kind: 'did' | 'eduid' | 'eppn' | 'email';
    /** Enough of an address for its owner to recognise it. */
    hint?: string;
    /** A new link can be sent to it. */
    mail: boolean;
  };
  /** The name that will stand in the badge, and whether the one that the institution gave is another. */
  name?: string;
  nameChanges: boolean;
}

/** What a claim link shows to this browser; undefined when there is no such offer. Looking changes nothing. */
export async function lookAtOffer(
  deps: Deps,
  token: string,
  session?: SignedIn,
  letter?: string,
): Promise<Look | undefined> {
  const offered = await readOffer(deps, token);
  if (!offered) return undefined;
  const { offer, achievement } = offered;
  const known = session && (await knownOf(deps, session));
  const keys = known && new Set(known.keys);
  // Who followed the mailed link has the mailbox.
  if (await provesAddress(deps, offer, letter)) keys?.add(offer.recipientKey);
  const asked = achievement.claim?.assurance ?? 'login';
  const claimant = known && keys ? { keys, levels: known.levels } : undefined;
  const given = offer.input.recipient.name;
  const name = given && (known?.validatedName ?? given);
  return {
    ...offered,
    mine: known?.keys.has(offer.recipientKey) ?? false,
    standing: judgeClaim(offer, claimant, asked, deps.clock()),
    asked,
    ...(known ? { known, personId: session.person } : {}),
    recipient: recipientOf(deps, offered),
    ...(name ? { name } : {}),
    nameChanges: !!given && !!name && !sameName(given, name),
  };
}

function recipientOf(deps: Deps, { offer }: Offered): Look['recipient'] {
  const [kind, key] = split(offer.recipientKey);
  const { email } = offer.input.recipient;
  const address = kind === 'email' ? email : kind === 'eppn' ? key : undefined;
  return { kind, ...(address ? { hint: hinted(address) } : {}), mail: !!email && !!deps.mailer };
}

const split = (key: string) => [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)] as [Kind, string];
type Kind = Look['recipient']['kind'];

/** Why someone may not claim, for whoever tries all the same. */
export function refusalOf({ standing, asked }: Look): DomainError {
  switch (standing) {
    case 'ready':
    case 'sign-in':
      return new DomainError('not-signed-in', 'Sign in first; then claim the badge.');
    case 'not-the-recipient':
      return new DomainError(
        'not-the-recipient',
        'The badge was offered to an address that this account has not proven.',
      );
    case 'assurance-too-low':
      return new DomainError('assurance-too-low', 'The achievement asks for a login that tells more of who you are.', {
        extensions: { asked },
      });
    default:
      return new DomainError('offer-state', 'This offer can no longer be claimed.', {
        extensions: { state: standing },
      });
  }
}
