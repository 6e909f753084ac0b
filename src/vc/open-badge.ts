import { z } from 'zod';
import { OB_CONTEXT, OB_EXTENSIONS_CONTEXT, VC2_CONTEXT } from './contexts.ts';
import { parseDateTimeStamp } from './date.ts';

// OB 3.0 §B.9: the closed part of each enumeration; `ext:` opens it.
export const ACHIEVEMENT_TYPES = [
  ...['Achievement', 'ApprenticeshipCertificate', 'Assessment', 'Assignment', 'AssociateDegree', 'Award', 'Badge'],
  ...['BachelorDegree', 'Certificate', 'CertificateOfCompletion', 'Certification', 'CommunityService', 'Competency'],
  ...['Course', 'CoCurricular', 'Degree', 'Diploma', 'DoctoralDegree', 'Fieldwork', 'GeneralEducationDevelopment'],
  ...['JourneymanCertificate', 'LearningProgram', 'License', 'Membership', 'ProfessionalDoctorate'],
  ...['QualityAssuranceCredential', 'MasterCertificate', 'MasterDegree', 'MicroCredential', 'ResearchDoctorate'],
  'SecondarySchoolDiploma',
];
export const IDENTIFIER_TYPES = [
  ...['name', 'sourcedId', 'systemId', 'productId', 'userName', 'accountId', 'emailAddress', 'nationalIdentityNumber'],
  ...['isbn', 'issn', 'lisSourcedId', 'oneRosterSourcedId', 'sisSourcedId', 'ltiContextId', 'ltiDeploymentId'],
  ...['ltiToolId', 'ltiPlatformId', 'ltiUserId', 'identifier'],
];
export const RESULT_TYPES = [
  ...['GradePointAverage', 'LetterGrade', 'Percent', 'PerformanceLevel', 'PredictedScore', 'RawScore', 'Result'],
  ...['RubricCriterion', 'RubricCriterionLevel', 'RubricScore', 'ScaledScore', 'Status'],
];
export const RESULT_STATUSES = [
  ...['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'],
];
export const TARGET_TYPES = [
  ...['ceasn:Competency', 'ceterms:Credential', 'CFItem', 'CFRubric', 'CFRubricCriterion', 'CFRubricCriterionLevel'],
  'CTDL',
];

const text = z.string().min(1);
const iri = z.string().regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/, 'an absolute IRI');
const dateTimeStamp = z.string().refine(value => parseDateTimeStamp(value) !== undefined, 'an XSD dateTimeStamp');
const typed = <T extends string>(type: T) => z.tuple([z.literal(type)]);
const extensible = (values: readonly string[]) =>
  z.string().refine(value => values.includes(value) || /^ext:[A-Za-z0-9._]+$/.test(value), 'of the list, or ext:…');
const languageTag = z.string().regex(/^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/, 'a BCP 47 tag');

const image = z.strictObject({ id: iri, type: z.literal('Image'), caption: text.optional() });

const identifierEntry = z.strictObject({
  type: z.literal('IdentifierEntry'),
  identifier: text,
  identifierType: extensible(IDENTIFIER_TYPES),
});

const identityObject = z.strictObject({
  type: z.literal('IdentityObject'),
  hashed: z.boolean(),
  identityHash: text,
  identityType: extensible(IDENTIFIER_TYPES),
  salt: text.optional(),
});

const address = z.strictObject({
  type: typed('Address'),
  addressCountry: text.optional(),
  addressCountryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  addressRegion: text.optional(),
  addressLocality: text.optional(),
  streetAddress: text.optional(),
  postOfficeBoxNumber: text.optional(),
  postalCode: text.optional(),
});

const profileMembers = {
  id: iri,
  type: typed('Profile'),
  name: text.optional(),
  url: iri.optional(),
  phone: text.optional(),
  email: text.optional(),
  description: text.optional(),
  image: image.optional(),
  address: address.optional(),
  otherIdentifier: z.array(identifierEntry).min(1).optional(),
  official: text.optional(),
};
const profile = z.strictObject({ ...profileMembers, parentOrg: z.strictObject(profileMembers).optional() });

const alignment = z.strictObject({
  type: typed('Alignment'),
  targetName: text,
  targetUrl: iri,
  targetCode: text.optional(),
  targetDescription: text.optional(),
  targetFramework: text.optional(),
  targetType: extensible(TARGET_TYPES).optional(),
});
const alignments = z.array(alignment).min(1).optional();

const rubricCriterionLevel = z.strictObject({
  id: iri,
  type: typed('RubricCriterionLevel'),
  name: text,
  description: text.optional(),
  level: text.optional(),
  points: text.optional(),
  alignment: alignments,
});

const resultDescription = z.strictObject({
  id: iri,
  type: typed('ResultDescription'),
  name: text,
  resultType: extensible(RESULT_TYPES),
  alignment: alignments,
  allowedValue: z.array(text).min(1).optional(),
  requiredLevel: iri.optional(),
  requiredValue: text.optional(),
  rubricCriterionLevel: z.array(rubricCriterionLevel).min(1).optional(),
  valueMax: text.optional(),
  valueMin: text.optional(),
});

const result = z.strictObject({
  type: typed('Result'),
  achievedLevel: iri.optional(),
  alignment: alignments,
  resultDescription: iri.optional(),
  status: z.enum(RESULT_STATUSES).optional(),
  value: text.optional(),
});

const related = z.strictObject({
  id: iri,
  type: typed('Related'),
  inLanguage: languageTag.optional(),
  version: text.optional(),
});

const achievement = z.strictObject({
  id: iri,
  type: typed('Achievement'),
  name: text,
  description: text,
  // OB 3.0 §B.1.7 and 1EdTech's validator: an empty Criteria is none.
  criteria: z
    .strictObject({ id: iri.optional(), narrative: text.optional() })
    .refine(criteria => criteria.id !== undefined || criteria.narrative !== undefined, 'an id or a narrative'),
  achievementType: extensible(ACHIEVEMENT_TYPES).optional(),
  alignment: alignments,
  creator: profile.optional(),
  creditsAvailable: z.number().nonnegative().optional(),
  fieldOfStudy: text.optional(),
  humanCode: text.optional(),
  image: image.optional(),
  inLanguage: languageTag.optional(),
  otherIdentifier: z.array(identifierEntry).min(1).optional(),
  related: z.array(related).min(1).optional(),
  resultDescription: z.array(resultDescription).min(1).optional(),
  specialization: text.optional(),
  tag: z.array(text).min(1).optional(),
  version: text.optional(),
});

const subject = z
  .strictObject({
    id: iri.optional(),
    type: typed('AchievementSubject'),
    achievement,
    activityStartDate: dateTimeStamp.optional(),
    activityEndDate: dateTimeStamp.optional(),
    creditsEarned: z.number().nonnegative().optional(),
    identifier: z.array(identityObject).min(1).optional(),
    image: image.optional(),
    licenseNumber: text.optional(),
    narrative: text.optional(),
    result: z.array(result).min(1).optional(),
    role: text.optional(),
    source: profile.optional(),
    term: text.optional(),
  })
  .refine(value => value.id !== undefined || value.identifier !== undefined, 'an id or an identifier');

const evidence = z.strictObject({
  id: iri.optional(),
  type: typed('Evidence'),
  name: text.optional(),
  narrative: text.optional(),
  description: text.optional(),
  genre: text.optional(),
  audience: text.optional(),
});

const bitstringStatusListEntry = z.strictObject({
  id: iri,
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.enum(['revocation', 'suspension']),
  // VC-BITSTRING-STATUS-LIST §2.1: a decimal number, as a string.
  statusListIndex: z.string().regex(/^(0|[1-9]\d*)$/),
  statusListCredential: iri,
});

const proof = z.strictObject({
  type: z.literal('DataIntegrityProof'),
  cryptosuite: z.literal('eddsa-rdfc-2022'),
  created: dateTimeStamp,
  verificationMethod: iri,
  proofPurpose: z.literal('assertionMethod'),
  proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]+$/),
});

/**
 * What we issue: an OpenBadgeCredential of OB 3.0 on VC 2.0, with or without its proof. Arrays where 1EdTech's formal
 * schema wants arrays, no member that it does not name, no embedded endorsements; whatever passes, passes both of
 * 1EdTech's schemas.
 */
export const issuedBadge = z.strictObject({
  '@context': z.union([
    z.tuple([z.literal(VC2_CONTEXT), z.literal(OB_CONTEXT)]),
    z.tuple([z.literal(VC2_CONTEXT), z.literal(OB_CONTEXT), z.literal(OB_EXTENSIONS_CONTEXT)]),
  ]),
  id: iri,
  type: z.tuple([z.literal('VerifiableCredential'), z.literal('OpenBadgeCredential')]),
  issuer: profile,
  validFrom: dateTimeStamp,
  validUntil: dateTimeStamp.optional(),
  awardedDate: dateTimeStamp.optional(),
  name: text,
  description: text.optional(),
  image: image.optional(),
  credentialSubject: subject,
  credentialStatus: bitstringStatusListEntry.optional(),
  credentialSchema: z
    .array(z.strictObject({ id: iri, type: text }))
    .min(1)
    .optional(),
  evidence: z.array(evidence).min(1).optional(),
  proof: z.tuple([proof]).optional(),
});

export type OpenBadgeCredential = z.infer<typeof issuedBadge>;
export type AchievementSubject = z.infer<typeof subject>;
export type Achievement = z.infer<typeof achievement>;
export type Profile = z.infer<typeof profile>;
export type Address = z.infer<typeof address>;
export type Alignment = z.infer<typeof alignment>;
export type Result = z.infer<typeof result>;
export type ResultDescription = z.infer<typeof resultDescription>;
export type RubricCriterionLevel = z.infer<typeof rubricCriterionLevel>;
export type Related = z.infer<typeof related>;
export type Evidence = z.infer<typeof evidence>;
export type Image = z.infer<typeof image>;
export type IdentityObject = z.infer<typeof identityObject>;
export type IdentifierEntry = z.infer<typeof identifierEntry>;
export type BitstringStatusListEntry = z.infer<typeof bitstringStatusListEntry>;
