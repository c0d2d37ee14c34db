// A fetch for SDK clients that notes whom they ask for what, so that a test can say where a token went.

export function watchedFetch(used = fetch) {
  const requests = [];
  const watched = async (input, init) => {
    const response = await used(input, init);
    requests.push({
      url: String(input),
      message: messageIn(init?.body),
      authorization: new Headers(init?.headers).get('authorization'),
      status: response.status,
      exchange: response.headers.get('portcullis-exchange'),
    });
    return response;
  };
  return {
    fetch: watched,
    requests,
    urls: () => requests.map(request => request.url),
    /** The last message of this JSON-RPC method that was answered well. */
    last: method => requests.findLast(request => request.message?.method === method && request.status === 200),
  };
}

function messageIn(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // none, or a form
  }
}
