// Stands at a port that the gateway may connect to, for a server whose port is known only when it runs. It passes everything
// on as it comes. Where the server names its own origin, in challenges, redirects and metadata, it names the relay's, because
// the gateway asks an upstream for its metadata at the upstream's own origin and nowhere else.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export async function startRelay(port, target) {
  const server = new URL(target);
  const relay = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host: server.host };
    const options = { method: incoming.method, path: incoming.url, headers, host: server.hostname, port: server.port };
    const onward = request(options, (response) => answer(response, outgoing, renamed));
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  relay.listen(port, '127.0.0.1');
  await once(relay, 'listening');
  const origin = `http://127.0.0.1:${relay.address().port}`;
  const inQueries = (text) => rename(text, encodeURIComponent(server.origin), encodeURIComponent(origin));
  const renamed = (text) => inQueries(rename(text, server.origin, origin));
  const close = async () => {
    relay.closeAllConnections();
    relay.close();
    await once(relay, 'close');
  };
  return { origin, close };
}

// And not a longer port that begins with theirs.
const rename = (text, theirs, ours) => text.replace(new RegExp(`${theirs}(?!\\d)`, 'g'), ours);

async function answer(response, outgoing, renamed) {
  const { statusCode, headers } = response;
  for (const name of ['www-authenticate', 'location']) if (headers[name]) headers[name] = renamed(headers[name]);
  if (!isMetadata(response)) {
    outgoing.writeHead(statusCode, headers);
    response.pipe(outgoing);
    return;
  }
  const body = Buffer.concat(await response.toArray());
  delete headers['content-length'];
  outgoing.writeHead(statusCode, headers).end(renamed(body.toString()));
}

function isMetadata({ req, headers }) {
  return req.method === 'GET' && (headers['content-type'] ?? '').startsWith('application/json');
}
