// Writes expected.json: which hosts Node (the URL Standard) and Python see in each text of texts.json, so that the Java tests
// need neither of them.
//
//   node generate.mjs && git diff --exit-code expected.json
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';

const here = new URL('.', import.meta.url);
const texts = JSON.parse(readFileSync(new URL('texts.json', here), 'utf8'));
const web = new Set(['http:', 'https:', 'ws:', 'wss:']);

// The text is all of a URL; or, for references without scheme, stands on a page of ours.
function standard(text) {
  for (const base of [undefined, 'https://page.invalid/']) {
    try {
      const url = new URL(text, base);
      if (web.has(url.protocol)) {
        return url.hostname === 'page.invalid' ? null : url.hostname;
      }
      // What a wrapper such as blob: leads to.
      const inner = new URL(url.pathname + url.search);
      return web.has(inner.protocol) ? inner.hostname : null;
    } catch {
      // The next way.
    }
  }
  return null;
}

const python = String.raw`
import json, sys
from urllib.parse import urlsplit
def host(text):
    try:
        parts = urlsplit(text)
        return parts.hostname if parts.scheme in ("http", "https", "ws", "wss") else None
    except ValueError:
        return None
def plain(host):
    return host is not None and all(ord(c) > 32 for c in host)
json.dump([h if plain(h) else None for h in map(host, json.load(sys.stdin))], sys.stdout)
`;
const byPython = JSON.parse(execFileSync('python3', ['-c', python], {input: JSON.stringify(texts)}));
const expected = texts.map((text, i) => ({text, node: standard(text), python: byPython[i]}));
writeFileSync(
  new URL('expected.json', here),
  '[\n' + expected.map(one => '  ' + JSON.stringify(one).replace(/[\u007f-\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))).join(',\n') + '\n]\n');
