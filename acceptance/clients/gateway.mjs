// The running gateway, as its admin sees it: through the REST API. Its addresses come in PORTCULLIS_PROXY, PORTCULLIS_CONSOLE
// and PORTCULLIS_ADMIN_TOKEN_FILE.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';

const {PORTCULLIS_PROXY: proxy, PORTCULLIS_CONSOLE: console_, PORTCULLIS_ADMIN_TOKEN_FILE: tokenFile} = process.env;
const JSON_BODY = {'content-type': 'application/json'};

export const origin = proxy;
export const endpoint = route => `${proxy}/mcp/${route}`;
export const metadataOf = route => `${proxy}/.well-known/oauth-protected-resource/mcp/${route}`;

let token;

export async function api(path, options = {}) {
  token ??= (await readFile(tokenFile, 'utf8')).trim();
  const response = await fetch(`${console_}/api/v1${path}`, {
    ...options,
    headers: {authorization: `Bearer ${token}`, accept: 'application/json', ...options.headers},
  });
  const text = await response.text();
  assert.ok(response.ok, `${options.method ?? 'GET'} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

export const post = (path, body) => api(path, {method: 'POST', headers: JSON_BODY, body: JSON.stringify(body)});

/** Publishes the document in force, changed, and waits until every replica has it. */
export async function publish(change, comment) {
  const document = await api('/policy');
  await api('/policy/draft', {method: 'PUT', headers: JSON_BODY, body: JSON.stringify(change(document))});
  const {version} = await post('/policy/publish', {comment});
  for (let attempt = 0; attempt < 20; attempt++) {
    const {items} = await api('/replicas');
    if (items.length > 0 && items.every(replica => replica.policyVersion === version)) {
      return;
    }
    await pause();
  }
  assert.fail(`version ${version} did not reach the proxy within two seconds`);
}

/** Where each route leads, by its name. */
export async function upstreamsByRoute() {
  const {routes} = await api('/policy');
  return Object.fromEntries(Object.entries(routes).map(([name, {upstream}]) => [name, upstream]));
}

/** The audit record of an exchange; a finished one is there within a second. */
export const recordOf = exchange => eventually(() => api(`/tool-calls/${exchange}`));

/** Tries until it gives something, for two seconds. */
export async function eventually(attempt) {
  for (let count = 0; ; count++) {
    try {
      return await attempt();
    } catch (notYet) {
      if (count === 20) {
        throw notYet;
      }
      await pause();
    }
  }
}

const pause = () => new Promise(resolve => setTimeout(resolve, 100));

/** The audit trail of a route, as text. */
export async function exported(route) {
  token ??= (await readFile(tokenFile, 'utf8')).trim();
  const response = await fetch(`${console_}/api/v1/tool-calls/export?format=ndjson&route=${route}`, {
    headers: {authorization: `Bearer ${token}`},
  });
  assert.equal(response.status, 200);
  return response.text();
}
