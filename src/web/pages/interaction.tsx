import type { WalletLinks } from '../../wallets/index.ts';
import type { View } from '../view.ts';

interface InteractionProps {
  view: View;
  lcw: string;
  others: WalletLinks;
  /** The same badge by OpenID4VCI. */
  offer: string;
}

/** Names of products, which are the same in every language. */
const NAMES: Record<keyof WalletLinks, string> = {
  learnCard: 'LearnCard',
  asuPocket: 'ASU Pocket',
  mySkillsPocket: 'My Skills Pocket',
};

/** For a person who scanned what is meant for a wallet. It says nothing of whose badge it is, or of what. */
export function InteractionPage({ view, lcw, others, offer }: InteractionProps) {
  const words = view.t.interaction;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p class="apart">
        <a class="button" href={lcw}>
          Learner Credential Wallet
        </a>
      </p>
      <ul class="plain apart">
        {(Object.keys(NAMES) as (keyof WalletLinks)[]).map(name => (
          <li>
            <a href={others[name]}>{NAMES[name]}</a>
          </li>
        ))}
        <li>
          <a href={offer}>{words.other}</a> <span class="note">{words.otherHint}</span>
        </li>
      </ul>
      <p class="note apart">{words.once}</p>
    </>
  );
}
