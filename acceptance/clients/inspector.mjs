// The Inspector's command line.
import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';

const LAUNCHER = fileURLToPath(new URL('node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url));

/** Runs it with a home of its own, and gives its exit code and what it printed. */
export function inspect(url, home, ...options) {
  return new Promise(resolve => {
    const command = [LAUNCHER, '--cli', url, '--transport', 'http', '--protocol-era', 'legacy', ...options];
    execFile(process.execPath, command, {env: {...process.env, HOME: home}, timeout: 60_000}, (error, stdout, stderr) =>
      resolve({code: error === null ? 0 : error.code, stdout, stderr}));
  });
}
