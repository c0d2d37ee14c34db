// The two versions of the official TypeScript SDK.
import * as version2 from '@modelcontextprotocol/client';
import {UnauthorizedError} from '@modelcontextprotocol/sdk/client/auth.js';
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export const sdk1 = {name: 'TypeScript SDK 1', Client, StreamableHTTPClientTransport, UnauthorizedError, takesWholeCallback: false};
export const sdk2 = {
  name: 'TypeScript SDK 2',
  Client: version2.Client,
  StreamableHTTPClientTransport: version2.StreamableHTTPClientTransport,
  UnauthorizedError: version2.UnauthorizedError,
  takesWholeCallback: true,
};
