import { DcqlPresentationResult, DcqlQuery } from 'dcql';
import { z } from 'zod';
import { vctOf } from '../../credentials/index.ts';
import type { CopyFormat } from '../../credentials/schema.ts';
import { BADGE_TYPE, CREDENTIAL_TYPE } from '../../vc/signed-meaning.ts';

const text = (max: number) => z.string().trim().min(1).max(max).optional();
const address = z
  .string()
  .trim()
  .max(2_000)
  .regex(/^(did:|https?:\/\/|urn:)\S+$/)
  .optional();

/** Which badge is asked for: any, or one that has all of these. */
export const badgeAsked = z.strictObject({
  issuer: address,
  /** As it stands on the badge. */
  title: text(300),
  achievement: address,
  /** The id of one badge; a copy of the same award is that badge too. */
  badge: address,
});
export type BadgeAsked = z.infer<typeof badgeAsked>;

/** The queries by their ids, each for the format that answers it. */
export const queryFormats = {
  badge: 'ldp_vc',
  'badge-jwt': 'jwt_vc_json',
  'badge-sd-jwt': 'dc+sd-jwt',
} as const satisfies Record<string, CopyFormat>;
export type QueryId = keyof typeof queryFormats;

export const isQueryId = (id: string): id is QueryId => Object.hasOwn(queryFormats, id);

/**
 * What is asked, in the language of wallets (OpenID4VP §6): one badge, in any one of the formats, bound to a key. No
 * claim is asked for that is not needed to find the badge, so a wallet may leave out the rest.
 */
export function queryOf(origin: string, { issuer, title, achievement }: BadgeAsked): DcqlQuery.Output {
  const wanted: [path: string[], value: string | undefined][] = [
    [['issuer', 'id'], issuer],
    [['credentialSubject', 'achievement', 'name'], title],
    [['credentialSubject', 'achievement', 'id'], achievement],
  ];
  const claims = wanted.filter(([, value]) => value !== undefined).map(([path, value]) => ({ path, values: [value!] }));
  const query = {
    credentials: Object.entries(queryFormats).map(([id, format]) => ({
      id,
      format,
      // OpenID4VP §B.1.1: types as they are when their context was applied; §B.3.5.
      meta: format === 'dc+sd-jwt' ? { vct_values: [vctOf(origin)] } : { type_values: [[CREDENTIAL_TYPE, BADGE_TYPE]] },
      ...(claims.length ? { claims } : {}),
    })),
    credential_sets: [{ options: Object.keys(queryFormats).map(id => [id]) }],
  };
  const parsed = DcqlQuery.parse(query as DcqlQuery.Input);
  DcqlQuery.validate(parsed);
  return parsed;
}

/** A badge that was verified, as far as a query looks at it. */
export interface Shown {
  queryId: QueryId;
  claims: JsonObject;
  vct: string | undefined;
}

/** Whether a badge that was shown is one that was asked for (OpenID4VP §6.4). */
export function satisfies(query: DcqlQuery.Output, { queryId, claims, vct }: Shown): boolean {
  const { issuer } = claims;
  const shown = {
    credential_format: queryFormats[queryId],
    // Whoever calls this found the holder to have signed.
    cryptographic_holder_binding: true,
    claims: { ...claims, issuer: typeof issuer === 'string' ? { id: issuer } : issuer },
    ...(queryFormats[queryId] === 'dc+sd-jwt' ? { vct } : { type: [CREDENTIAL_TYPE, BADGE_TYPE] }),
  };
  const presented = { [queryId]: [shown] } as Parameters<typeof DcqlPresentationResult.fromDcqlPresentation>[0];
  try {
    const result = DcqlPresentationResult.fromDcqlPresentation(presented, { dcqlQuery: query });
    DcqlPresentationResult.validate(result);
    return result.can_be_satisfied;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return false;
  }
}
