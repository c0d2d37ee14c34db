// Who the client is in each scenario, and how it comes by a token.
import {
  ClientCredentialsProvider,
  CrossAppAccessProvider,
  DpopSession,
  PrivateKeyJwtProvider,
  requestJwtAuthorizationGrant,
} from '@modelcontextprotocol/client';
import { HeadlessSignIn } from '../../clients/headless-sign-in.mjs';

const name = 'portcullis-conformance';
// The address that the suite expects a client with a metadata document to be known by.
const metadataUrl = 'https://conformance-test.local/client-metadata.json';

/** The provider for a scenario; `context` is what the suite tells the client beside the server's address. */
export function providerFor(scenario, context) {
  return (special[scenario] ?? (() => new HeadlessSignIn({ name, metadataUrl })))(context);
}

const special = {
  'auth/pre-registration': ({ client_id, client_secret, issuer }) =>
    new HeadlessSignIn({ name, client: { client_id, client_secret, issuer } }),
  'auth/client-credentials-basic': ({ client_id, client_secret }) =>
    new ClientCredentialsProvider({ clientId: client_id, clientSecret: client_secret }),
  'auth/client-credentials-jwt': ({ client_id, private_key_pem, signing_algorithm }) =>
    new PrivateKeyJwtProvider({ clientId: client_id, privateKey: private_key_pem, algorithm: signing_algorithm }),
  'auth/enterprise-managed-authorization': (context) =>
    new CrossAppAccessProvider({
      clientId: context.client_id,
      clientSecret: context.client_secret,
      assertion: (target) => identityAssertion(context, target),
    }),
  'auth/wif-jwt-bearer': (context) => new WorkloadIdentity(context),
  'auth/dpop': () => new BoundTokens({ name }),
  'auth/dpop-nonce': () => new BoundTokens({ name }),
};

/** The person's ID token for a grant at the server's authorization server. */
async function identityAssertion(context, { authorizationServerUrl, resourceUrl, scope, fetchFn }) {
  const { jwtAuthGrant } = await requestJwtAuthorizationGrant({
    tokenEndpoint: context.idp_token_endpoint,
    idToken: context.idp_id_token,
    clientId: context.idp_client_id,
    audience: authorizationServerUrl,
    resource: resourceUrl,
    scope,
    fetchFn,
  });
  return jwtAuthGrant;
}

/** A workload whose platform gave it a signed statement of who it is. */
class WorkloadIdentity extends HeadlessSignIn {
  redirectUrl = undefined;
  #assertion;

  constructor({ client_id, valid_jwt }) {
    super({ name, client: { client_id } });
    this.#assertion = valid_jwt;
    this.clientMetadata = { client_name: name, redirect_uris: [], token_endpoint_auth_method: 'none' };
  }

  prepareTokenRequest(scope) {
    const request = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: this.#assertion,
    });
    if (scope) request.set('scope', scope);
    return request;
  }
}

class BoundTokens extends HeadlessSignIn {
  #session = DpopSession.create();

  dpop() {
    return this.#session;
  }
}
