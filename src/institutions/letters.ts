import type { Role } from '../platform/context.ts';
import type { Language } from '../platform/language.ts';
import type { LetterWords } from '../platform/letter.ts';
import type { InstitutionProfile } from './profile.ts';
import { roleName } from './role-names.ts';

interface InvitationWords {
  language: Language;
  to: string;
  profile: InstitutionProfile;
  role: Role;
  expiresAt: string;
  url: string;
}

/** The letter that invites to a role. It says that the link is personal, since it proves the address. */
export function invitationLetter({ language, to, profile, role, expiresAt, url }: InvitationWords): LetterWords {
  const say = words[language];
  const until = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(expiresAt));
  return {
    language,
    to,
    subject: say.subject(profile.name),
    paragraphs: [say.what(profile.name, roleName(language, profile.kind, role)), say.how(until), say.stranger],
    action: { label: say.label, url },
    footer: say.footer(profile.name, new URL(url).host),
  };
}

const words = {
  nl: {
    subject: (name: string) => `${name} nodigt je uit`,
    what: (name: string, role: string) => `${name} geeft je de rol ${role}. Neem hem aan met de knop hieronder.`,
    how: (until: string) =>
      `Je logt daarbij in. De uitnodiging geldt tot ${until} en is alleen voor jou: de knop laat zien dat dit jouw adres is. Stuur deze mail dus niet door.`,
    stranger: 'Ken je deze organisatie niet, of verwacht je dit niet? Doe dan niets.',
    label: 'Bekijk de uitnodiging',
    footer: (name: string, host: string) =>
      `Je krijgt deze mail omdat een beheerder van ${name} je uitnodigde op ${host}.`,
  },
  en: {
    subject: (name: string) => `${name} invites you`,
    what: (name: string, role: string) => `${name} gives you the role of ${role}. Accept it with the button below.`,
    how: (until: string) =>
      `You will sign in to do so. The invitation is open until ${until} and is for you alone: the button shows that this address is yours. So do not pass this mail on.`,
    stranger: 'Do you not know this organisation, or did you not expect this? Then do nothing.',
    label: 'See the invitation',
    footer: (name: string, host: string) =>
      `You get this mail because an administrator of ${name} invited you on ${host}.`,
  },
};
