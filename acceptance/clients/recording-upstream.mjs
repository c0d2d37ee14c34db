// An MCP server with one tool that remembers every request it gets, for what must reach an upstream and what must not.
import {once} from 'node:events';
import {createServer} from 'node:http';

const RESULTS = {
  initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'recording-upstream', version: '1'}},
  'tools/list': {tools: [{name: 'note', inputSchema: {type: 'object'}}]},
  'tools/call': {content: [{type: 'text', text: 'noted'}]},
};

export class RecordingUpstream {
  /** {method, url, headers, body} of each request, in order. */
  requests = [];
  #server = createServer((request, response) => this.#answer(request, response));

  static async listen(port) {
    const upstream = new RecordingUpstream();
    upstream.#server.listen(port, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request, response) {
    const body = Buffer.concat(await request.toArray()).toString();
    this.requests.push({method: request.method, url: request.url, headers: request.headers, body});
    if (request.method !== 'POST') {
      response.writeHead(request.url === '/mcp' ? 405 : 404).end();
      return;
    }
    const {id, method} = JSON.parse(body);
    if (id === undefined) {
      response.writeHead(202).end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({jsonrpc: '2.0', id, result: RESULTS[method] ?? {}}));
  }
}
