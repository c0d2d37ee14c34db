// A session of an official SDK's client that signs in when it is asked to, wherever in the conversation that is, and then
// repeats what was refused.
//
//   const session = new SignedInSession(sdk, url, new HeadlessSignIn({name: 'my-client'}));
//   const {tools} = await session.run(client => client.listTools());
//   await session.close();
//
// `sdk` has what the two versions of the SDK name alike: {Client, StreamableHTTPClientTransport, UnauthorizedError}.
const SIGN_INS_AT_MOST = 2;

export class SignedInSession {
  #sdk;
  #url;
  #provider;
  #options;
  #transport;
  #client;
  #signIns = 0;

  /** `options`: {client, transport} for the constructors of the SDK. */
  constructor(sdk, url, provider, options = {}) {
    this.#sdk = sdk;
    this.#url = new URL(url);
    this.#provider = provider;
    this.#options = options;
  }

  async run(request) {
    for (;;) {
      try {
        return await request(await this.#connected());
      } catch (error) {
        if (!(error instanceof this.#sdk.UnauthorizedError) || !this.#provider.callback || ++this.#signIns > SIGN_INS_AT_MOST) {
          throw error;
        }
        await this.#finishSignIn();
      }
    }
  }

  get signIns() {
    return this.#signIns;
  }

  async close() {
    await this.#client?.close();
  }

  /** Version 2 checks all that the authorization server gave back, version 1 takes the code alone. */
  #finishSignIn() {
    const {callback} = this.#provider;
    return this.#transport.finishAuth(this.#sdk.takesWholeCallback ? callback : callback.get('code'));
  }

  async #connected() {
    if (this.#client === undefined) {
      const {client: clientOptions, transport: transportOptions} = this.#options;
      const client = new this.#sdk.Client({name: 'portcullis-acceptance', version: '1'}, clientOptions);
      this.#transport = new this.#sdk.StreamableHTTPClientTransport(this.#url, {authProvider: this.#provider, ...transportOptions});
      await client.connect(this.#transport);
      this.#client = client;
    }
    return this.#client;
  }
}
