import { type Moves, withOne, without } from './move.ts';

/** Who takes part: the intake, who is given work, and whom the learner brings along. */
export const people: Moves<
  'request' | 'accept' | 'send-on' | 'assign' | 'unassign' | 'invite-partner' | 'end-partner' | 'join-as-guide'
> = {
  request: {
    by: ['learner'],
    refusal: state => (state.version ? 'The dossier has begun.' : undefined),
    apply: (_, { recognise, achievements }) => ({ recognise, achievements }),
  },
  accept: {
    by: ['coordinator'],
    refusal: state => (state.accepted ? 'It was accepted before.' : undefined),
    apply: () => ({ accepted: true }),
  },
  'send-on': {
    by: ['coordinator'],
    refusal: state => (state.accepted ? 'It was accepted; the learner can withdraw.' : undefined),
    apply: () => ({ closed: 'sent-on' }),
  },
  assign: {
    by: ['coordinator', 'assessor', 'examiner'],
    refusal: (state, { role, person }, by) =>
      by.role !== 'coordinator' && (person !== by.id || role !== by.role)
        ? 'Whoever is not a coordinator takes up work for themselves only.'
        : state.staff[role].includes(person)
          ? 'This was assigned before.'
          : role === 'guide' && state.letGo.includes(person)
            ? 'The learner let this guide go, and can invite them again.'
            : undefined,
    apply: (state, { role, person }) => ({
      staff: { ...state.staff, [role]: withOne(state.staff[role], person) },
      ...(role === 'guide' ? { guided: withOne(state.guided, person) } : {}),
    }),
  },
  unassign: {
    by: ['coordinator'],
    refusal: (state, { role, person }) =>
      state.staff[role].includes(person) ? undefined : 'They are not assigned in this role.',
    apply: (state, { role, person }) => ({
      staff: { ...state.staff, [role]: without(state.staff[role], person) },
    }),
  },
  'invite-partner': {
    by: ['learner'],
    refusal: (state, { partner }) => (state.partners.includes(partner) ? 'They were invited before.' : undefined),
    apply: (state, { partner }) => ({ partners: withOne(state.partners, partner) }),
  },
  'end-partner': {
    by: ['learner'],
    refusal: (state, { partner, person }) =>
      state.partners.includes(partner) || (person && state.staff.guide.includes(person))
        ? undefined
        : 'They do not take part.',
    apply: (state, { partner, person }) => ({
      partners: without(state.partners, partner),
      ...(person
        ? { staff: { ...state.staff, guide: without(state.staff.guide, person) }, letGo: withOne(state.letGo, person) }
        : {}),
    }),
  },
  'join-as-guide': {
    by: ['guide'],
    refusal: (state, { partner, person }, by) =>
      state.partners.includes(partner) && person === by.id ? undefined : 'There is no such invitation.',
    apply: (state, { partner, person }) => ({
      partners: without(state.partners, partner),
      staff: { ...state.staff, guide: withOne(state.staff.guide, person) },
      guided: withOne(state.guided, person),
      letGo: without(state.letGo, person),
    }),
  },
};
