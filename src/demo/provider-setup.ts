import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import Provider, { interactionPolicy } from 'oidc-provider';
import type { ProviderConfig } from '../platform/config.ts';
import { LOCAL_PROVIDER } from '../platform/config.ts';
import { newId, newToken } from '../platform/ids.ts';
import { type Account, claimsOf, levels } from './provider-claims.ts';
import { logoutPage } from './provider-pages.tsx';

interface Setup {
  config: ProviderConfig;
  service: string;
  accounts: ReadonlyMap<string, Account>;
}

/** `oidc-provider` with the claims and levels of SURFconext; its keys and its memory last as long as the process. */
export async function makeProvider({ config, service, accounts }: Setup): Promise<Provider> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: newId(new Date()), alg: 'RS256', use: 'sig' };
  const provider = new Provider(config.issuer, {
    jwks: { keys: [key] },
    cookies: { keys: [newToken(32)] },
    clients: [
      {
        client_id: config.clientId,
        client_secret: config.clientSecret,
        redirect_uris: [`${service}/login/${config.id}/callback`],
        post_logout_redirect_uris: [`${service}/logged-out`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    scopes: ['openid', 'eduid.nl/links'],
    claims: { acr: null, openid: ['sub', ...Object.keys(claimsOf([...accounts.values()][0]!))] },
    acrValues: [...levels],
    findAccount: (_ctx, id) => {
      const account = accounts.get(id);
      return account && { accountId: id, claims: () => ({ sub: id, ...claimsOf(account) }) };
    },
    // Nobody is asked for consent: SURFconext asks that elsewhere, once.
    loadExistingGrant: async ctx => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId,
      });
      grant.addOIDCScope('openid eduid.nl/links');
      grant.addOIDCClaims([...ctx.oidc.requestParamClaims]);
      await grant.save();
      return grant;
    },
    interactions: {
      url: (_ctx, interaction) => `${LOCAL_PROVIDER}/interaction/${interaction.uid}`,
      policy: policy(),
    },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = logoutPage(form, service).html;
          ctx.set('content-security-policy', `default-src 'none'; style-src ${service}`);
        },
      },
    },
    ttl: { Session: 8 * 3600, Interaction: 3600, Grant: 3600, IdToken: 3600, AccessToken: 3600 },
    renderError: (ctx, out) => {
      ctx.type = 'text';
      ctx.body = `${out.error}: ${out.error_description ?? ''}`;
    },
  });
  return provider;
}

/** On top of the usual: asked-for levels that this session has not, and a hint at somebody else. */
function policy() {
  const { base, Check } = interactionPolicy;
  const all = base();
  const login = all.get('login')!;
  login.checks.add(
    new Check('level', 'A level that was asked for has not been reached', 'login_required', ({ oidc }) => {
      const asked = String(oidc.params?.acr_values ?? '').split(' ');
      const open = asked[0] !== '' && !asked.includes(oidc.session?.acr ?? '');
      return open && !oidc.result?.login ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
  login.checks.add(
    new Check('hint', 'Somebody else was hinted at', 'login_required', ({ oidc }) => {
      const hint = oidc.params?.login_hint;
      return hint && hint !== oidc.session?.accountId && !oidc.result?.login
        ? Check.REQUEST_PROMPT
        : Check.NO_NEED_TO_PROMPT;
    }),
  );
  return all;
}
