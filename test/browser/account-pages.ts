// The account of a person: ties, sessions, data, erasing.
import type { PageToSee } from './page-list.ts';

const sam = (path: string, status?: number): PageToSee => ({
  open: async (page, { origin, learners }) => {
    await page.setExtraHTTPHeaders({ cookie: learners.sam.headers.cookie });
    return page.goto(origin + path.replace(':tie', learners.sam.identityId));
  },
  ...(status === undefined ? {} : { status }),
});
const nobody = (path: string, status?: number): PageToSee => ({
  open: (page, { origin }) => page.goto(origin + path),
  ...(status === undefined ? {} : { status }),
});

export const accountPages: Record<string, PageToSee> = {
  account: sam('/account?done=linked'),
  'add to my account': sam('/account/add'),
  'cut a tie': sam('/account/identities/:tie'),
  'add a wallet': sam('/account/wallet'),
  'my data': sam('/account/data'),
  'erase my data': sam('/account/erase'),
  'sign in by e-mail': nobody('/login/email'),
  'a link that was used': nobody('/login/link/xxxx', 410),
};
