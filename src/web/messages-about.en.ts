import type { nlAbout } from './messages-about.nl.ts';

const days = (n: number) => (n === 1 ? '1 day' : n % 365 ? `${n} days` : n === 365 ? '1 year' : `${n / 365} years`);

/** The same in English. */
export const enAbout: typeof nlAbout = {
  privacy: {
    title: 'Privacy',
    lead: 'What we keep about you, why, for how long, and what you have to say about that.',
    without: {
      heading: 'Without an account',
      points: [
        'Do you check a badge? We do not keep which one. We only count how many checks there were on a day, and how they ended.',
        'Do you check many at once? The result waits for an hour, behind an address that only you have.',
        'Do you ask someone for a badge in a wallet? We keep the answer for half an hour, sealed.',
        'We use your network address to count, so that nobody keeps the service too busy. We do not write it down.',
        'Cookies only make things work: your language, your signing in, and what you began without an account. Nobody follows you.',
      ],
    },
    kept: 'What we keep',
    columns: { what: 'What', why: 'Why', long: 'How long' },
    rows: {
      ties: {
        what: 'What you sign in with: eduID, the account of an institution, an e-mail address or a wallet. Also your name, and who checked it.',
        why: 'So that we know that it is you, and that a badge is yours.',
        long: 'Until you cut it loose or erase your account.',
      },
      sessions: {
        what: 'Where you are signed in: which browser, no network address.',
        why: 'So that you stay signed in, and can sign out on another device.',
        long: '12 hours.',
      },
      portfolio: {
        what: 'Your portfolio: what you tell, your goals, files and links.',
        why: 'So that you can collect it and show it.',
        long: 'Until you take it away or erase your account.',
      },
      drafts: {
        what: 'What you began without an account.',
        why: 'So that you can go on later.',
        long: n => `${days(n)}. When you sign in, it goes to your portfolio.`,
      },
      references: {
        what: 'Whom you asked for a reference: a name, and what you are to each other.',
        why: 'So that this person can say something about your experience.',
        long: '60 days, or until you take it back. What someone said about you stays until one of you takes it away.',
      },
      readers: {
        what: 'Who may read along, and what a team sees of you. Not who looked.',
        why: 'So that you choose what someone else sees.',
        long: 'Until you take it back, or until the day that you chose.',
      },
      endorsements: {
        what: 'What you said of an institution or a badge, if you did.',
        why: 'So that someone else can read who stands behind it.',
        long: 'Until you take it back or erase your account.',
      },
      badges: {
        what: 'Your badges, and what an institution decided for them.',
        why: 'So that you can share them, and someone else can check them.',
        long: 'Until your account is erased.',
      },
      offers: {
        what: 'Badges that wait for you.',
        why: 'So that you can pick them up.',
        long: n => `Until you pick them up. If you do not, another ${days(n)} after the last day.`,
      },
      links: {
        what: 'Links by which you share a badge, and how often they were used. Not by whom.',
        why: 'So that you decide who sees what.',
        long: n => `Another ${days(n)} after the link ends.`,
      },
      validations: {
        what: 'A validation: what you and others said or recorded, the judgement and the decision.',
        why: 'So that the institution can decide fairly, and say why.',
        long: n =>
          `Another ${days(n)} after its end, or until your account is erased. Who did what and when stays, as numbers.`,
      },
      roles: {
        what: 'Your role at an institution, if you work there.',
        why: 'So that you can do your work, and it can be seen who was allowed to decide.',
        long: 'Also when your role ends, until your account is erased.',
      },
      connections: {
        what: 'Other services that you let in.',
        why: 'So that you see what they may do.',
        long: n => `Another ${days(n)} after they may do nothing any more.`,
      },
      letters: {
        what: 'Mails that we send you.',
        why: 'So that they arrive.',
        long: n => `The text until the mail is gone. That there was a mail, another ${days(n)}.`,
      },
      log: {
        what: 'A log of what happened.',
        why: 'So that nobody changes anything unseen.',
        long: 'Always. It holds numbers, and no names or texts.',
      },
    },
    seen: {
      heading: 'Who sees it',
      points: [
        'You. You see everything that we have about you.',
        'Whoever gets a link from you: only what that link shows.',
        'The institution: what it gave you itself, and what you share in a validation. Not the rest of your portfolio.',
        'Who runs this service. That is needed to keep it working.',
        'eduID or your institution sees that you sign in here, and not what you do here.',
        'Nobody who advertises. The pages fetch nothing from other sites.',
      ],
    },
    yours: {
      heading: 'What you can do',
      see: 'See all of it and take it along',
      mend: 'Is something wrong? You change your portfolio yourself. For a badge you ask the institution.',
      erase: 'Erase your account',
      erased:
        'What is erased is really gone. This stays: copies that you or others already have, lists without names, and backups for as long as the operator keeps them.',
    },
    complain: 'Can you not work it out together? Then you can file a complaint.',
    authority: 'Dutch Data Protection Authority',
  },
  terms: {
    title: 'Terms',
    lead: 'What you can expect of this service, and what we ask of you.',
    parts: {
      expect: {
        heading: 'What you can expect',
        points: [
          'Checking a badge is free and needs no account.',
          'An answer says what we could check, and what we could not. Whether an issuer does good work we cannot see.',
          'What you keep here stays yours. You can always take it along or erase it.',
          'The service can be away for a while. So keep your badges yourself, too.',
        ],
      },
      ask: {
        heading: 'What we ask of you',
        points: [
          'Only put in what is yours, or what you may share.',
          'Ask first, before you use the name, the words or a photo of someone else.',
          'Sign in as yourself. Do not pass on links that are for you alone.',
          'Do not keep the service too busy on purpose, and do not try to get at the data of others.',
        ],
      },
      institutions: {
        heading: 'What an institution does',
        points: [
          'An institution decides for itself which badges it gives, and signs for them. We have no say in it.',
          'Do you disagree with a decision? The decision says where you can go, and until when.',
        ],
      },
      programs: {
        heading: 'Programs and other services',
        points: [
          'Another service only sees what you agree to. You can always stop that.',
          'A program may check without a key, but not so often that others have to wait.',
        ],
      },
    },
    api: 'The rules for programs',
  },
  who: {
    heading: 'Whom you can ask',
    institution: 'About a badge or a validation: the institution. Its address is on its page.',
    service: 'About this service:',
    unknown: 'Who runs this service has put no address here. Then ask your institution.',
  },
};
