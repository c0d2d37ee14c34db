// The fixture as a child process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export async function startFixture(port) {
  const script = join(import.meta.dirname, '../fixture.mjs');
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const ready = once(createInterface(child.stdout), 'line');
  const [line] = await Promise.race([ready, ended.then(([code]) => [`exit code ${code}`])]);
  const url = /^Fixture is ready at (.*)$/.exec(line)?.[1];
  if (!url) throw new Error(`the fixture did not start: ${line}`);
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { url, stop };
}
