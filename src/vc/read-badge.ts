import { z } from 'zod';
import { VC2_CONTEXT } from './contexts.ts';
import { ACHIEVEMENT_TYPES, IDENTIFIER_TYPES, RESULT_STATUSES, RESULT_TYPES, TARGET_TYPES } from './open-badge.ts';

// The rules of 1EdTech's JSON-LD schema for an AchievementCredential, said in our own way. They are looser than the
// specification where JSON-LD allows several spellings: one value or a list of them, a text or one for each language.

const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/;
const LANGUAGE_TAG = /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/;
const COMPACT_JWS = /^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$/;
const OB_CONTEXTS = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/;
// Unanchored, and with the bar among the characters, as published.
const EXTENSION = /ext:[a-zA-Z0-9.|_]+/;
// RFC 3339 §5.6 rather than our own strict reading: the check of the dates is stricter, and says which date is wrong.
const RFC_3339 = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

const many = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);
const maybe = (members: Record<string, z.ZodType>) =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.optional()]));
const open = (required: Record<string, z.ZodType>, optional: Record<string, z.ZodType> = {}) =>
  z.looseObject({ ...required, ...maybe(optional) });
const closed = (required: Record<string, z.ZodType>, optional: Record<string, z.ZodType> = {}) =>
  z.strictObject({ ...required, ...maybe(optional) });

/** A text, or a map from language to text. */
const inLanguages = <T extends z.ZodType>(value: T) =>
  z.union([
    value,
    z
      .looseObject({})
      .refine(map => Object.entries(map).every(([tag, v]) => LANGUAGE.test(tag) && value.safeParse(v).success)),
  ]);
const text = inLanguages(z.string());
const type = (name: string) => z.union([text, z.array(text).refine(types => types.includes(name))]);
const oneOfOrExtension = (values: readonly string[]) =>
  z.string().refine(value => values.includes(value) || EXTENSION.test(value));

const calendarDate = (value: string): boolean => {
  const date = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};
const dateTime = z.string().refine(value => {
  const match = RFC_3339.exec(value);
  return match !== null && calendarDate(match[1]!) && (match[3] !== '60' || isLeapSecond(value));
});
/** A leap second is one at 23:59:60 UTC only. */
const isLeapSecond = (value: string) =>
  new Date(value.replace(':60', ':59').toUpperCase()).toISOString().includes('T23:59:59');

const context = z.union([
  text,
  z.looseObject({}),
  z
    .array(z.unknown())
    .min(2)
    .refine(
      ([first, second, ...others]) =>
        first === VC2_CONTEXT &&
        typeof second === 'string' &&
        OB_CONTEXTS.test(second) &&
        others.every(other => typeof other === 'string' || z.looseObject({}).safeParse(other).success),
    ),
]);

const image = closed({ id: text, type: inLanguages(z.literal('Image')) }, { caption: text });
const identifierEntry = closed({
  type: inLanguages(z.literal('IdentifierEntry')),
  identifier: text,
  identifierType: oneOfOrExtension(IDENTIFIER_TYPES),
});
const identityObject = closed(
  {
    type: inLanguages(z.literal('IdentityObject')),
    hashed: z.boolean(),
    identityHash: text,
    identityType: oneOfOrExtension(IDENTIFIER_TYPES),
  },
  { salt: text },
);
const geo = open({ type: inLanguages(z.literal('GeoCoordinates')), latitude: z.number(), longitude: z.number() });
const address = open(
  { type: type('Address') },
  {
    addressCountry: text,
    addressCountryCode: text,
    addressRegion: text,
    addressLocality: text,
    streetAddress: text,
    postOfficeBoxNumber: text,
    postalCode: text,
    geo,
  },
);
const compactJws = many(inLanguages(z.string().regex(COMPACT_JWS)));
const endorsements = z.lazy(() => many(endorsementCredential));
const parent = z.lazy(() => profile);

const profile: z.ZodType = open(
  { id: text, type: type('Profile') },
  {
    name: text,
    url: text,
    phone: text,
    description: text,
    endorsement: endorsements,
    endorsementJwt: compactJws,
    image,
    email: text,
    address,
    otherIdentifier: many(identifierEntry),
    official: text,
    parentOrg: parent,
    familyName: text,
    givenName: text,
    additionalName: text,
    patronymicName: text,
    honorificPrefix: text,
    honorificSuffix: text,
    familyNamePrefix: text,
    dateOfBirth: z.string().refine(calendarDate),
  },
);

const alignment = open(
  { type: type('Alignment'), targetName: text, targetUrl: text },
  {
    targetCode: text,
    targetDescription: text,
    targetFramework: text,
    targetType: oneOfOrExtension(TARGET_TYPES),
  },
);
const rubricCriterionLevel = open(
  { id: text, type: type('RubricCriterionLevel'), name: text },
  { alignment: many(alignment), description: text, level: text, points: text },
);
const resultDescription = open(
  { id: text, type: type('ResultDescription'), name: text, resultType: oneOfOrExtension(RESULT_TYPES) },
  {
    alignment: many(alignment),
    allowedValue: many(text),
    requiredLevel: text,
    requiredValue: text,
    rubricCriterionLevel: many(rubricCriterionLevel),
    valueMax: text,
    valueMin: text,
  },
);
const result = open(
  { type: type('Result') },
  {
    achievedLevel: text,
    alignment: many(alignment),
    resultDescription: text,
    status: z.enum(RESULT_STATUSES),
    value: text,
  },
);
const languageTag = inLanguages(z.string().regex(LANGUAGE_TAG));
const related = open({ id: text, type: type('Related') }, { inLanguage: languageTag, version: text });

const achievement = open(
  {
    id: text,
    type: type('Achievement'),
    criteria: open({}, { id: text, narrative: text }),
    description: text,
    name: text,
  },
  {
    alignment: many(alignment),
    achievementType: oneOfOrExtension(ACHIEVEMENT_TYPES),
    creator: profile,
    creditsAvailable: z.number(),
    endorsement: endorsements,
    endorsementJwt: compactJws,
    fieldOfStudy: text,
    humanCode: text,
    image,
    inLanguage: languageTag,
    otherIdentifier: many(identifierEntry),
    related: many(related),
    resultDescription: many(resultDescription),
    specialization: text,
    tag: many(text),
    version: text,
  },
);

const subject = open(
  { type: type('AchievementSubject'), achievement },
  {
    id: text,
    activityEndDate: dateTime,
    activityStartDate: dateTime,
    creditsEarned: z.number(),
    identifier: many(identityObject),
    image,
    licenseNumber: text,
    narrative: text,
    result: many(result),
    role: text,
    source: profile,
    term: text,
  },
);

const typedThing = open({ type: text }, { id: text });
const identifiedThing = open({ id: text, type: text });
const proof = open(
  { type: text },
  {
    created: dateTime,
    cryptosuite: text,
    challenge: text,
    domain: text,
    nonce: text,
    proofPurpose: text,
    proofValue: text,
    verificationMethod: text,
  },
);
const evidence = open(
  { type: type('Evidence') },
  { id: text, narrative: text, name: text, description: text, genre: text, audience: text },
);

/** What an AchievementCredential and an EndorsementCredential have in common. */
const requiredOfBoth = { '@context': context, id: text, issuer: z.union([profile, text]), validFrom: dateTime };
const optionalForBoth = {
  name: text,
  description: text,
  awardedDate: dateTime,
  validUntil: dateTime,
  proof: many(proof),
  credentialSchema: many(identifiedThing),
  credentialStatus: typedThing,
  refreshService: identifiedThing,
  termsOfUse: many(typedThing),
  evidence: many(evidence),
};
const credentialType = (...names: string[]) =>
  z.union([
    text,
    z.array(text).refine(types => types.includes('VerifiableCredential') && names.some(name => types.includes(name))),
  ]);

const endorsementSubject = open({ id: text, type: type('EndorsementSubject') }, { endorsementComment: text });
const { name: _, ...optionalForEndorsement } = optionalForBoth;
const endorsementCredential: z.ZodType = open(
  {
    ...requiredOfBoth,
    type: credentialType('EndorsementCredential'),
    name: text,
    credentialSubject: endorsementSubject,
  },
  optionalForEndorsement,
);

/**
 * What we read as an Open Badge: the same verdict as 1EdTech's JSON-LD schema for an AchievementCredential
 * (`ob_v3p0_achievementcredential_schema.json`). A pass says that the form is right, and nothing about truth.
 */
export const readBadge = open(
  {
    ...requiredOfBoth,
    type: credentialType('AchievementCredential', 'OpenBadgeCredential'),
    credentialSubject: subject,
  },
  { ...optionalForBoth, image, endorsement: endorsements, endorsementJwt: compactJws },
);
