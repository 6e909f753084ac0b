// What a test has to know of a route to call it: what it is about, what is sent, and who may. The router is compared
// with this list, so a route that is not here fails the tests.
import { randomUUID } from 'node:crypto';
import type { Right } from '../../src/institutions/index.ts';
import { exampleAchievement, exampleAward, exampleProfile } from './world.ts';
import type { Tenant } from './scene.ts';

export interface Row {
  /** The right that it asks for; left out where every role (or every key) will do. */
  right?: Right;
  /** Makes what the path names, in this institution, anew. */
  at?: (tenant: Tenant) => Promise<Record<string, string>>;
  json?: (tenant: Tenant) => unknown;
  form?: (tenant: Tenant) => Record<string, string>;
  query?: (tenant: Tenant) => string;
  /** The answer to who may. */
  ok?: number;
}

const id =
  (make: (tenant: Tenant) => Promise<string>): Row['at'] =>
  async tenant => ({ id: await make(tenant) });
const anAward = id(async t => (await t.award()).id);
const anOffer = id(async t => (await t.offer()).id);
const anExperience = id(t => t.experience());
const aValidation = id(t => t.validation());
const aBadgeFromElsewhere = id(t => t.fromElsewhere());
const anInvitation = id(async t => (await t.invitation()).id);
const invite = () => ({ addresses: [{ email: `${randomUUID()}@example.org` }], role: 'board' });

const aFramework = () => ({ names: { nl: `Standaard ${randomUUID()}` } });
const anOutcome = () => ({ words: { nl: { name: 'Plant het werk van een team', plain: 'Je plant het werk.' } } });

/** Routes under a key of an institution, a session of its members, or a session of anyone. */
export const rows: Record<string, Row> = {
  'GET /api/v1/institution': {},
  'PUT /api/v1/institution': { right: 'profile.update', json: () => exampleProfile },
  'GET /api/v1/policy': {},
  'PUT /api/v1/policy': { right: 'policy.update', json: () => ({}) },
  'GET /api/v1/audit': { right: 'audit.read' },
  'GET /api/v1/api-keys': { right: 'api-key.read' },
  'POST /api/v1/api-keys': { right: 'api-key.create', json: () => ({ role: 'awarder' }), ok: 201 },
  'POST /api/v1/api-keys/:id/rotation': { right: 'api-key.rotate', at: id(t => t.apiKey()), json: () => ({}), ok: 201 },
  'DELETE /api/v1/api-keys/:id': { right: 'api-key.revoke', at: id(t => t.apiKey()) },
  'GET /api/v1/members': { right: 'member.read' },
  'DELETE /api/v1/members/:id': { right: 'member.end', at: id(t => t.member()) },
  'GET /api/v1/invitations': { right: 'member.invite' },
  'POST /api/v1/invitations': { right: 'member.invite', json: invite, ok: 201 },
  'POST /api/v1/invitations/:id/letter': { right: 'member.invite', at: anInvitation, json: () => ({}) },
  'DELETE /api/v1/invitations/:id': { right: 'member.invite', at: anInvitation },
  'GET /api/v1/achievements': { right: 'achievement.read' },
  'POST /api/v1/achievements': { right: 'achievement.edit', json: () => exampleAchievement, ok: 201 },
  'POST /api/v1/achievement-imports': {
    right: 'achievement.edit',
    json: () => ({ ...exampleAchievement, name: randomUUID() }),
    ok: 201,
  },
  'GET /api/v1/achievements/:id': { right: 'achievement.read', at: id(t => t.draft()) },
  'PUT /api/v1/achievements/:id/draft': {
    right: 'achievement.edit',
    at: id(t => t.draft()),
    json: () => exampleAchievement,
  },
  'POST /api/v1/achievements/:id/publication': { right: 'achievement.publish', at: id(t => t.draft()), ok: 201 },
  'GET /api/v1/frameworks': { right: 'framework.read' },
  'POST /api/v1/frameworks': { right: 'framework.edit', json: aFramework, ok: 201 },
  'GET /api/v1/frameworks/:id': { right: 'framework.read', at: id(t => t.framework()) },
  'PUT /api/v1/frameworks/:id': { right: 'framework.edit', at: id(t => t.framework()), json: aFramework },
  'GET /api/v1/frameworks/:id/outcomes': { right: 'framework.read', at: id(t => t.framework()) },
  'POST /api/v1/frameworks/:id/outcomes': {
    right: 'framework.edit',
    at: id(t => t.framework()),
    json: anOutcome,
    ok: 201,
  },
  'GET /api/v1/outcomes': { right: 'framework.read' },
  'GET /api/v1/outcomes/:id': { right: 'framework.read', at: id(t => t.outcome()) },
  'PUT /api/v1/outcomes/:id': { right: 'framework.edit', at: id(t => t.outcome()), json: anOutcome },
  'DELETE /api/v1/outcomes/:id': { right: 'framework.edit', at: id(t => t.outcome()) },
  'GET /api/v1/units': { right: 'framework.read' },
  'POST /api/v1/units': { right: 'framework.edit', json: () => ({ name: 'Eenheid' }), ok: 201 },
  'GET /api/v1/units/:id': { right: 'framework.read', at: id(t => t.unit()) },
  'GET /api/v1/units/:id/versions/:n': {
    right: 'framework.read',
    at: async t => ({ id: await t.publishedUnit(), n: '1' }),
  },
  'PUT /api/v1/units/:id/draft': {
    right: 'framework.edit',
    at: id(t => t.unit()),
    json: () => ({ name: 'Eenheid' }),
  },
  'POST /api/v1/units/:id/publication': {
    right: 'framework.edit',
    at: id(t => t.unit()),
    json: () => ({ establishedBy: 'de curriculumtafel' }),
    ok: 201,
  },
  'POST /api/v1/awards': {
    right: 'award.make',
    json: t => exampleAward(t.achievement, { recipient: { email: `${randomUUID()}@example.org` } }),
    ok: 201,
  },
  'POST /api/v1/ooapi/results': { right: 'award.make', json: () => ({}), ok: 422 },
  'GET /api/v1/awards': { right: 'award.read' },
  'GET /api/v1/awards/:id': { right: 'award.read', at: anAward },
  'GET /api/v1/awards/:id/credential': { right: 'award.read', at: anAward },
  'GET /api/v1/awards/:id/replies': { right: 'award.read', at: anAward },
  'DELETE /api/v1/awards/:id': { right: 'award.withdraw', at: anOffer, ok: 204 },
  'POST /api/v1/awards/:id/revocation': { right: 'award.revoke', at: anAward, json: () => ({ reason: 'error' }) },
  'POST /api/v1/awards/:id/revocation/confirmation': { right: 'award.revoke', at: id(t => t.askedToRevoke()) },
  'DELETE /api/v1/awards/:id/revocation': { right: 'award.revoke', at: id(t => t.askedToRevoke()) },
  'POST /api/v1/awards/:id/suspension': { right: 'award.suspend', at: anAward, json: () => ({}) },
  'DELETE /api/v1/awards/:id/suspension': { right: 'award.suspend', at: id(t => t.suspended()) },
  'POST /api/v1/awards/:id/erasure': { right: 'award.erase', at: anAward, ok: 204 },
  'POST /api/v1/awards/:id/replacement': {
    right: 'award.replace',
    at: anAward,
    json: () => ({ kind: 'correction', recipient: { name: 'Sam' } }),
    ok: 201,
  },

  'GET /console': {},
  'GET /console/:slug': {},
  'GET /console/:slug/members': { right: 'member.read' },
  'POST /console/:slug/members/invitations': {
    right: 'member.invite',
    form: () => ({ addresses: `${randomUUID()}@example.org`, kind: 'email', role: 'board' }),
  },
  'POST /console/:slug/members/invitations/:id/letter': { right: 'member.invite', at: anInvitation },
  'POST /console/:slug/members/invitations/:id/withdrawal': { right: 'member.invite', at: anInvitation },
  'POST /console/:slug/members/:id/end': { right: 'member.end', at: id(t => t.member()) },
  'GET /console/:slug/work': { right: 'dossier.read' },
  'GET /console/:slug/dossiers/questions': { right: 'dossier.read' },
  'POST /console/:slug/dossiers/questions': { right: 'dossier.intake', form: () => ({ words: 'Wat deed je zelf?' }) },
  'POST /console/:slug/dossiers/questions/:id/remove': { right: 'dossier.intake', at: id(t => t.question()) },
  'GET /console/:slug/dossiers/invitations': { right: 'dossier.intake' },
  'POST /console/:slug/dossiers/invitations': {
    right: 'dossier.intake',
    form: () => ({ name: 'Groep', achievementId: '', places: '3', endsOn: '2099-12-31' }),
    ok: 200,
  },
  'POST /console/:slug/dossiers/invitations/:id/end': { right: 'dossier.intake', at: id(t => t.joinLink()) },
  'GET /console/:slug/dossiers/flow': { right: 'dossier.flow' },
  'GET /console/:slug/dossiers/flow.csv': { right: 'dossier.flow' },
  'GET /console/:slug/dossiers/:id': { right: 'dossier.read', at: aValidation },
  'GET /console/:slug/dossiers/:id/files/:file': {
    right: 'dossier.read',
    at: async t => ({ id: await t.validation(), file: 'none' }),
    ok: 404,
  },
  'GET /console/:slug/dossiers/:id/recordings/:file': {
    right: 'dossier.read',
    at: async t => ({ id: await t.validation(), file: 'none' }),
    ok: 404,
  },
  'GET /console/:slug/dossiers/:id/assessor/conversation': { right: 'dossier.judge', at: aValidation },
  'GET /console/:slug/dossiers/:id/examiner/conversation': { right: 'dossier.decide', at: aValidation },
  'POST /console/:slug/dossiers/:id/assessor/conversation': { right: 'dossier.judge', at: aValidation, ok: 415 },
  'POST /console/:slug/dossiers/:id/examiner/conversation': { right: 'dossier.decide', at: aValidation, ok: 415 },
  'POST /console/:slug/stacks': {
    right: 'dossier.decide',
    form: () => ({ person: 'nobody', achievement: 'none' }),
    ok: 404,
  },
  'GET /console/:slug/dossiers/:id/decisions/:file': {
    right: 'dossier.read',
    at: async t => ({ id: await t.validation(), file: '1.json' }),
    ok: 404,
  },
  'GET /console/:slug/dossiers/:id/report.pdf': { right: 'dossier.read', at: aValidation },
  'GET /console/:slug/dossiers/:id/coordinator': { right: 'dossier.read', at: aValidation, ok: 303 },
  'GET /console/:slug/dossiers/:id/assessor': { right: 'dossier.read', at: aValidation, ok: 303 },
  'GET /console/:slug/dossiers/:id/examiner': { right: 'dossier.read', at: aValidation, ok: 303 },
  'GET /console/:slug/dossiers/:id/board': { right: 'dossier.read', at: aValidation, ok: 303 },
  'POST /console/:slug/dossiers/:id/coordinator': {
    right: 'dossier.intake',
    at: aValidation,
    form: () => ({ move: 'comment', text: 'Dank je wel.' }),
  },
  'POST /console/:slug/dossiers/:id/assessor': {
    right: 'dossier.judge',
    at: aValidation,
    form: () => ({ move: 'take-up' }),
  },
  'POST /console/:slug/dossiers/:id/examiner': {
    right: 'dossier.decide',
    at: aValidation,
    form: () => ({ move: 'take-up' }),
  },
  'POST /console/:slug/dossiers/:id/board': {
    right: 'dossier.safeguard',
    at: aValidation,
    form: () => ({ move: 'comment', text: 'Gelezen.' }),
  },
  'GET /console/:slug/awards': { right: 'award.read' },
  'GET /console/:slug/awards/new': { right: 'award.make' },
  'POST /console/:slug/awards/new': {
    right: 'award.make',
    query: t => `?achievement=${t.achievement}`,
    form: () => ({ step: 'edit' }),
    ok: 200,
  },
  'GET /console/:slug/awards/many': { right: 'award.make' },
  'POST /console/:slug/awards/many': {
    right: 'award.make',
    query: t => `?achievement=${t.achievement}`,
    form: () => ({ step: 'edit' }),
    ok: 200,
  },
  'POST /console/:slug/awards/batches/:batch/release': { right: 'award.release', at: t => t.heldBatch() },
  'POST /console/:slug/awards/batches/:batch/withdrawal': { right: 'award.withdraw', at: t => t.heldBatch() },
  'GET /console/:slug/awards/:id': { right: 'award.read', at: anAward },
  'POST /console/:slug/awards/:id/withdrawal': { right: 'award.withdraw', at: anOffer },
  'POST /console/:slug/awards/:id/revocation': {
    right: 'award.revoke',
    at: anAward,
    form: () => ({ reason: 'error' }),
  },
  'POST /console/:slug/awards/:id/revocation/confirmation': { right: 'award.revoke', at: id(t => t.askedToRevoke()) },
  'POST /console/:slug/awards/:id/revocation/rejection': { right: 'award.revoke', at: id(t => t.askedToRevoke()) },
  'POST /console/:slug/awards/:id/suspension': {
    right: 'award.suspend',
    at: anAward,
    form: () => ({ suspendText: '' }),
  },
  'POST /console/:slug/awards/:id/lifting': { right: 'award.suspend', at: id(t => t.suspended()) },
  'GET /console/:slug/awards/:id/replacement': { right: 'award.replace', at: anAward },
  'POST /console/:slug/awards/:id/replacement': {
    right: 'award.replace',
    at: anAward,
    form: () => ({ why: '' }),
    ok: 400,
  },
  'GET /console/:slug/achievements': { right: 'achievement.read' },
  'GET /console/:slug/achievements/new': { right: 'achievement.edit' },
  'POST /console/:slug/achievements/new': { right: 'achievement.edit', form: () => ({ name: '' }), ok: 400 },
  'GET /console/:slug/achievements/:id': { right: 'achievement.read', at: id(t => t.draft()) },
  'POST /console/:slug/achievements/:id': {
    right: 'achievement.edit',
    at: id(t => t.draft()),
    form: () => ({ name: '' }),
    ok: 400,
  },
  'POST /console/:slug/achievements/:id/publication': { right: 'achievement.publish', at: id(t => t.draft()) },
  'GET /console/:slug/endorsements': { right: 'endorsement.edit' },
  'POST /console/:slug/endorsements/:id/accept': { right: 'endorsement.edit', at: id(t => t.endorsement()) },
  'POST /console/:slug/endorsements/:id/refusal': { right: 'endorsement.edit', at: id(t => t.endorsement()) },
  'POST /console/:slug/endorsements/:id/withdrawal': { right: 'endorsement.edit', at: id(t => t.endorsement('given')) },
  'GET /console/:slug/groups': { right: 'group.edit' },
  'POST /console/:slug/groups': {
    right: 'group.edit',
    form: () => ({ name: 'Bibliotheek', goal: '', language: 'nl', endsOn: '2099-12-31' }),
  },
  'POST /console/:slug/groups/:id/end': { right: 'group.edit', at: id(t => t.group()) },
  'GET /console/:slug/teams': { right: 'team.edit' },
  'POST /console/:slug/teams': { right: 'team.edit', form: () => ({ name: 'Ploeg' }) },
  'GET /console/:slug/teams/:id': { right: 'team.edit', at: id(t => t.team()) },
  'POST /console/:slug/teams/:id/code': { right: 'team.edit', at: id(t => t.team()) },
  'POST /console/:slug/teams/:id/take-out': {
    right: 'team.edit',
    at: id(t => t.team()),
    form: () => ({ person: 'nobody' }),
    ok: 404,
  },
  'POST /console/:slug/teams/:id/end': { right: 'team.edit', at: id(t => t.team()) },
  'GET /console/:slug/frameworks': { right: 'framework.read' },
  'GET /console/:slug/frameworks/new': { right: 'framework.edit' },
  'POST /console/:slug/frameworks/new': { right: 'framework.edit', form: () => ({ nameNl: '' }), ok: 400 },
  'GET /console/:slug/frameworks/:id': { right: 'framework.read', at: id(t => t.framework()) },
  'POST /console/:slug/frameworks/:id': {
    right: 'framework.edit',
    at: id(t => t.framework()),
    form: () => ({ nameNl: '' }),
    ok: 400,
  },
  'GET /console/:slug/frameworks/:id/outcomes/new': { right: 'framework.edit', at: id(t => t.framework()) },
  'POST /console/:slug/frameworks/:id/outcomes/new': {
    right: 'framework.edit',
    at: id(t => t.framework()),
    form: () => ({ nameNl: '' }),
    ok: 400,
  },
  'GET /console/:slug/outcomes/:id': { right: 'framework.read', at: id(t => t.outcome()) },
  'POST /console/:slug/outcomes/:id': {
    right: 'framework.edit',
    at: id(t => t.outcome()),
    form: () => ({ nameNl: '' }),
    ok: 400,
  },
  'POST /console/:slug/outcomes/:id/retirement': { right: 'framework.edit', at: id(t => t.outcome()) },
  'GET /console/:slug/units/new': { right: 'framework.edit' },
  'POST /console/:slug/units/new': { right: 'framework.edit', form: () => ({ step: 'save' }), ok: 400 },
  'GET /console/:slug/units/:id': { right: 'framework.read', at: id(t => t.unit()) },
  'POST /console/:slug/units/:id': {
    right: 'framework.edit',
    at: id(t => t.unit()),
    form: () => ({ step: 'save' }),
    ok: 400,
  },
  'POST /console/:slug/units/:id/publication': {
    right: 'framework.edit',
    at: id(t => t.unit()),
    form: () => ({ establishedBy: 'de curriculumtafel' }),
  },
  'GET /console/:slug/imports': { right: 'framework.edit' },
  'POST /console/:slug/imports': { right: 'framework.edit', form: () => ({ address: '' }), ok: 415 },
  'GET /console/:slug/imports/:id': { right: 'framework.edit', at: id(t => t.looked()) },
  'POST /console/:slug/imports/:id/do': { right: 'framework.edit', at: id(t => t.looked()) },
  'GET /console/:slug/keys': { right: 'key.manage' },
  'POST /console/:slug/keys/publication': { right: 'key.manage', form: () => ({ kind: '' }) },
  'POST /console/:slug/keys/rotation': { right: 'key.manage', form: () => ({ kind: 'ES256' }) },
  'POST /console/:slug/keys/compromise': { right: 'key.manage', form: () => ({ key: 'key-none' }), ok: 400 },
  'GET /console/:slug/api-keys': { right: 'api-key.read' },
  'POST /console/:slug/api-keys': {
    right: 'api-key.create',
    form: () => ({ label: 'x', role: 'awarder', expires: '' }),
    ok: 200,
  },
  'POST /console/:slug/api-keys/:id/rotation': {
    right: 'api-key.rotate',
    at: id(t => t.apiKey()),
    form: () => ({ overlap: '24' }),
    ok: 200,
  },
  'POST /console/:slug/api-keys/:id/revocation': { right: 'api-key.revoke', at: id(t => t.apiKey()) },
  'GET /console/:slug/settings': { right: 'policy.update' },
  'POST /console/:slug/settings/profile': {
    right: 'profile.update',
    form: () => ({ name: 'Proefschool', kind: 'mbo', countryCode: 'NL' }),
  },
  'POST /console/:slug/settings/policy': { right: 'policy.update', form: () => ({ releaseBatchAbove: '' }) },
  'POST /console/:slug/settings/dossiers': {
    right: 'policy.update',
    form: () => ({
      guideApart: 'yes',
      examinerApart: 'yes',
      replyDays: '14',
      reconsiderDays: '42',
      coordinator: '10',
      assessor: '20',
      examiner: '10',
      board: '30',
      sampleOneIn: '10',
      sampleFirst: '3',
    }),
  },
  'GET /console/:slug/audit': { right: 'audit.read' },
  'GET /console/:slug/audit.csv': { right: 'audit.read' },

  'GET /account/identities/:id': {},
  'POST /account/identities/:id/cut': {},
  'GET /account/connect/:request': {},
  'POST /account/connect/:request': { form: () => ({ decision: 'allow' }) },
  'POST /account/connections/:id/end': { at: id(t => t.connection()) },
  'POST /badges/offers/:id/again': { at: anOffer },
  'GET /badges/:id': { at: anAward },
  'GET /badges/:id/offline': { at: anAward },
  'GET /badges/:id/badge.json': { at: anAward },
  'GET /badges/:id/badge.png': { at: anAward },
  'GET /badges/:id/badge.svg': { at: anAward },
  'GET /badges/:id/badge.pdf': { at: anAward },
  'GET /badges/:id/badge.elm.json': { at: anAward },
  'GET /badges/:id/wallet': { at: anAward },
  'POST /badges/:id/wallet': { at: anAward, form: () => ({ way: 'code' }) },
  'GET /badges/:id/wallet/arrived': { at: anAward },
  'POST /badges/:id/reply': { at: anAward, form: () => ({ words: 'ik ben het er niet mee eens' }) },
  'POST /badges/:id/confirmations/withdraw': { at: anAward },
  'GET /badges/:id/share': { at: anAward },
  'POST /badges/:id/share': { at: anAward, form: () => ({ purpose: 'x', readers: 'many', term: 'none' }) },
  'POST /badges/:id/share/withdraw': { at: anAward, form: () => ({ link: 'x' }) },
  'POST /badges/:id/share/renew': { at: anAward },
  'GET /portfolio/experiences/:id': { at: anExperience },
  'POST /portfolio/experiences/:id': { at: anExperience, form: () => ({ version: '1', title: 'x' }) },
  'POST /portfolio/experiences/:id/answers': { at: anExperience, form: () => ({ version: '1', did: 'x' }) },
  'POST /portfolio/experiences/:id/evidence': { at: anExperience, form: () => ({}) },
  'POST /portfolio/experiences/:id/evidence/:evidence/remove': { at: anExperience },
  'POST /portfolio/experiences/:id/remove': { at: anExperience },
  'GET /portfolio/files/:file': {},
  'POST /portfolio/goals/:id/remove': {},
  'POST /portfolio/helpers/:id/end': {},
  'GET /i/:slug/achievements/:id/begin': {},
  'POST /i/:slug/achievements/:id/begin': { form: () => ({ aim: 'x' }) },
  'GET /validations/:id': { at: aValidation },
  'POST /validations/:id': { at: aValidation, form: () => ({ move: 'comment', text: 'x' }) },
  'GET /validations/:id/files/:file': { at: aValidation },
  'GET /validations/:id/decisions/:file': { at: aValidation },
  'GET /validations/:id/report.pdf': { at: aValidation },
  'GET /validations/:id/conversation': { at: aValidation },
  'POST /validations/:id/conversation': { at: aValidation, ok: 415 },
  'GET /validations/:id/recordings/:file': { at: aValidation },
  'POST /portfolio/readers/:id/end': {},
  'GET /teams/:id': { at: id(t => t.team()) },
  'POST /teams/:id': { at: id(t => t.team()), form: () => ({ name: 'x' }) },
  'POST /teams/:id/leave': { at: id(t => t.team()) },
  'POST /portfolio/references/asked/:id/take-back': {},
  'POST /portfolio/references/:id/hide': {},
  'POST /portfolio/references/:id/show': {},
  'POST /portfolio/references/:id/remove': {},
  'GET /portfolio/references/:id/document': {},
  'POST /account/references/:id/withdraw': {},
  'POST /account/endorsements/:id/withdraw': {},
  'GET /badges/elsewhere/:id': { at: aBadgeFromElsewhere },
  'GET /badges/elsewhere/:id/badge': { at: aBadgeFromElsewhere },
  'POST /badges/elsewhere/:id/check': { at: aBadgeFromElsewhere },
  'POST /badges/elsewhere/:id/remove': { at: aBadgeFromElsewhere },
};

export type Guard = 'key' | 'operator' | 'member' | 'person' | 'open';

/** Who a path is for. A path of another kind is open to all, or to whoever has its link. */
export function guardOf(path: string): Guard {
  if (/^\/api\/v1\/(institutions|trust-lists)(\/|$)/.test(path)) return 'operator';
  if (/^\/api\/v1\/verification(s|-batches)(\/|$)/.test(path) || /^\/api\/v1\/catalogue(\/|$)/.test(path))
    return 'open';
  if (path.startsWith('/api/v1/')) return 'key';
  if (path.startsWith('/console/:slug')) return 'member';
  if (/^\/(console|account|badges|portfolio|validations|teams)(\/|$)/.test(path)) return 'person';
  if (path === '/i/:slug/achievements/:id/begin') return 'person';
  return 'open';
}

/** What a notebook takes at each of its doors (test/portfolio/ goes through them as everyone who may not). */
export const notebookWrites = [
  '/new',
  '/experiences/:id',
  '/experiences/:id/answers',
  '/experiences/:id/evidence',
  '/experiences/:id/evidence/:evidence/remove',
  '/experiences/:id/remove',
  '/standard',
  '/goals',
  '/goals/:id/remove',
  '/outcomes',
  '/outcomes/remove',
];
const helperWrites = ['/helpers', '/helpers/:id/end'];

/** Changes of the open web that need no session, or one that the page itself asks for. */
export const openWrites = new Set([
  'POST /api/v1/verifications',
  'POST /api/v1/verification-batches',
  'POST /vc-api/credentials/verify',
  // Wallets come without cookies, with a code or a token of their own.
  'POST /api/oid4vci/:slug/par',
  'POST /api/oid4vci/:slug/token',
  'POST /api/oid4vci/:slug/nonce',
  'POST /api/oid4vci/:slug/credential',
  'POST /api/oid4vci/:slug/deferred',
  'POST /api/oid4vci/:slug/notification',
  // Services of others come with a secret or a token of their own.
  'POST /api/ob3/register',
  'POST /api/ob3/token',
  'POST /api/ob3/revoke',
  'POST /ims/ob/v3p0/credentials',
  'POST /vc-api/presentations/verify',
  // Whoever has the address of an exchange may take part in it.
  'POST /vc-api/workflows/badge/exchanges/:token',
  // A wallet fetches what it is asked, and answers whoever asked.
  'POST /w/:token',
  'POST /w/:token/sealed',
  'POST /api/oid4vp/:token',
  'POST /verify/wallet',
  // Without a login: a code of 128 bits is the key to what was told.
  'POST /begin',
  'POST /begin/go/:code',
  'POST /begin/story',
  'POST /begin/keep',
  'POST /begin/erase',
  'POST /together',
  'POST /together/leave',
  ...['/begin', '/together'].flatMap(base => notebookWrites.map(path => `POST ${base}${path}`)),
  ...helperWrites.map(path => `POST /begin${path}`),
  // Whoever was asked for words has the link; the two further steps ask for a login themselves.
  'POST /r/:token',
  'POST /r/:token/decline',
  'POST /r/:token/confirm',
  'POST /r/:token/sign',
  'POST /r/:token/own-key',
  'POST /verify',
  'POST /verify/many',
  'POST /verify/report',
  // The operator of the service has a key of their own.
  'POST /operator/session',
  'POST /operator/leave',
  'POST /operator/trust-lists',
  'POST /operator/trust-lists/:id/removal',
  // Whom a learner invited has a link that shows what is shared with them; a guide signs in to take their place.
  'POST /join/:token',
  'POST /team/:code',
  'POST /partner/:token',
  'POST /partner/:token/join',
  'POST /login/email',
  'POST /login/link',
  'POST /logout',
  'POST /claim/:token',
  'POST /claim/:token/keep',
  'POST /claim/:token/decline',
  'POST /claim/:token/link',
  'POST /c/:token/confirm',
  'POST /c/:token/open',
  'POST /invitation/:token',
  // These ask for a login themselves: it is the person's own words.
  'POST /i/:slug/endorse',
  'POST /i/:slug/endorse/signed',
  'POST /i/:slug/achievements/:id/endorse',
  'POST /i/:slug/achievements/:id/endorse/signed',
  // Leads to a login first.
  'POST /i/:slug/achievements/:id/goal',
  // A wallet's request is its key; who answers has to be signed in.
  'POST /i/:slug/authorize',
]);
/** Changes of one's own account that name nothing of anyone else. */
export const ownWrites = new Set([
  'POST /account/email',
  'POST /account/wallet',
  'POST /account/sessions/end',
  'POST /account/sessions/end-others',
  'POST /account/language',
  'POST /account/erase',
  'POST /badges/add',
  'POST /portfolio/new',
  'POST /portfolio/standard',
  'POST /portfolio/goals',
  'POST /portfolio/outcomes',
  'POST /portfolio/outcomes/remove',
  'POST /portfolio/helpers',
  'POST /portfolio/references/new',
  'POST /portfolio/readers/new',
  'POST /portfolio/pack',
  'POST /badges/add/keep',
]);

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export interface Route {
  method: string;
  path: string;
  name: string;
  guard: Guard;
  unsafe: boolean;
  row: Row;
}

/** Every route of the router, once. */
export function routesOf(app: { routes: { method: string; path: string }[] }): Route[] {
  const names = new Set(app.routes.filter(r => METHODS.includes(r.method)).map(r => `${r.method} ${r.path}`));
  return [...names].map(name => {
    const [method, path] = name.split(' ') as [string, string];
    return { method, path, name, guard: guardOf(path), unsafe: method !== 'GET', row: rows[name] ?? {} };
  });
}

/** A path with values in it; what was not given gets one that is nothing here. */
export const fill = (path: string, values: Record<string, string>): string =>
  path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string, pattern?: string) =>
    pattern?.includes('json') ? `${values[name] ?? 'nothing'}.json` : (values[name] ?? 'nothing'),
  );
