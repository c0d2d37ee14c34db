// Signs an MCP client in without a person: an OAuth client provider for the official SDKs, version 1 and 2, that keeps
// everything in memory and follows the authorization URL itself. It suits authorization servers that approve at once.
//
//   const signIn = new HeadlessSignIn({name: 'my-client'});
//   const transport = new StreamableHTTPClientTransport(url, {authProvider: signIn});
//   // after an UnauthorizedError, with version 1 the code alone:
//   await transport.finishAuth(signIn.callback);
import {randomUUID} from 'node:crypto';

const REDIRECT_URL = 'http://127.0.0.1:1/callback';
const REDIRECTS_AT_MOST = 10;

export class HeadlessSignIn {
  redirectUrl = REDIRECT_URL;
  clientMetadata;
  clientMetadataUrl;
  /** The parameters that the authorization server gave back to the client, once it did. */
  callback;
  /** Where the person was sent, in order. */
  authorizationUrls = [];
  #client;
  #tokens;
  #verifier;
  #discovery;
  #state;
  #onTokens;

  /**
   * With `client`, a client that is registered already; with `metadataUrl`, one that is known by its document. `onTokens` is
   * told of all tokens.
   */
  constructor({name, client, metadataUrl, onTokens = () => {}}) {
    this.#client = client;
    this.#onTokens = onTokens;
    this.clientMetadataUrl = metadataUrl;
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [REDIRECT_URL],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      application_type: 'native',
    };
  }

  state() {
    this.#state = randomUUID();
    return this.#state;
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  /** Signed in: what was discovered on the way is not believed for ever. */
  saveTokens(tokens) {
    this.#tokens = tokens;
    this.#discovery = undefined;
    this.#onTokens(tokens);
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  discoveryState() {
    return this.#discovery;
  }

  saveDiscoveryState(discovery) {
    this.#discovery = discovery;
  }

  invalidateCredentials(scope) {
    if (scope === 'all' || scope === 'client') {
      this.#client = undefined;
    }
    if (scope === 'all' || scope === 'tokens') {
      this.#tokens = undefined;
    }
    if (scope === 'all' || scope === 'discovery') {
      this.#discovery = undefined;
    }
  }

  /** What a browser does, up to the redirect that leads back to the client. */
  async redirectToAuthorization(authorizationUrl) {
    this.authorizationUrls.push(String(authorizationUrl));
    let url = new URL(authorizationUrl);
    for (let redirects = 0; !url.href.startsWith(REDIRECT_URL); redirects++) {
      const response = await fetch(url, {redirect: 'manual'});
      await response.body?.cancel();
      const location = response.headers.get('location');
      if (location === null || redirects === REDIRECTS_AT_MOST) {
        throw new Error(`the authorization server does not lead back to the client: ${response.status} at ${url.origin}${url.pathname}`);
      }
      url = new URL(location, url);
    }
    if (url.searchParams.get('state') !== this.#state) {
      throw new Error('the authorization server gave back another state');
    }
    this.callback = url.searchParams;
  }
}
