// A fetch that is as strict as a browser's where the gateway is concerned: a page of one origin asks first, sends only what it
// was allowed to, and sees only what it may.
//
// @see https://fetch.spec.whatwg.org/#http-cors-protocol

const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
const ALWAYS_SENT = ['accept', 'accept-language', 'content-language'];
const ALWAYS_SEEN = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma'];

/** `guarded` is the origin to be strict about; others, such as the authorization server's, are fetched as by any program. */
export function browserFetch(pageOrigin, guarded) {
  return async (input, init = {}) => {
    const url = new URL(input);
    if (url.origin !== guarded) {
      return fetch(url, init);
    }
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const asked = [...headers.keys()].filter(name => !isSimple(name, headers.get(name)));
    if (asked.length > 0 || !['GET', 'HEAD', 'POST'].includes(method)) {
      await preflight(url, pageOrigin, method, asked);
    }
    headers.set('origin', pageOrigin);
    const response = await fetch(url, {...init, headers});
    demand(mayRead(response, pageOrigin), `the page may not read ${method} ${url}`);
    return asSeen(response);
  };
}

async function preflight(url, pageOrigin, method, asked) {
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: pageOrigin,
      'access-control-request-method': method,
      ...(asked.length > 0 && {'access-control-request-headers': asked.sort().join(',')}),
    },
  });
  demand(response.ok && mayRead(response, pageOrigin), `the page may not ask for ${url}: ${response.status}`);
  demand(['GET', 'HEAD', 'POST'].includes(method) || listed(response, 'access-control-allow-methods').includes(method.toLowerCase()),
    `the page may not use ${method}`);
  const allowed = listed(response, 'access-control-allow-headers');
  const missing = asked.filter(name => !allowed.includes(name) && !(allowed.includes('*') && name !== 'authorization'));
  demand(missing.length === 0, `the page may not send ${missing}`);
}

function asSeen(response) {
  const seen = new Set([...ALWAYS_SEEN, ...listed(response, 'access-control-expose-headers')]);
  const headers = [...response.headers].filter(([name]) => seen.has(name));
  const {status, statusText, body} = response;
  return new Response(body, {status, statusText, headers});
}

const isSimple = (name, value) =>
  ALWAYS_SENT.includes(name) || (name === 'content-type' && SIMPLE_TYPES.includes(value.split(';')[0].trim()));
const mayRead = (response, pageOrigin) => ['*', pageOrigin].includes(response.headers.get('access-control-allow-origin'));
const listed = (response, header) => (response.headers.get(header) ?? '').toLowerCase().split(',').map(name => name.trim());

function demand(held, otherwise) {
  if (!held) {
    throw new TypeError(`CORS: ${otherwise}`);
  }
}
