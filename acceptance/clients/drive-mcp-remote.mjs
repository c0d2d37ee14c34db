// Drives mcp-remote the way a desktop client does: as a child process that speaks JSON-RPC, one message per line, over
// its standard input and output.
//
//   const remote = await McpRemote.connect('http://127.0.0.1:8080/mcp/port-eu', {headers: {'x-read-only-mode': '1'}});
//   const {tools} = await remote.request('tools/list');
//   await remote.close();
//
// With `visit`, it signs in: the function is given the address that mcp-remote prints for a person to open.
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const PROXY = fileURLToPath(new URL('node_modules/mcp-remote/dist/proxy.js', import.meta.url));
const ANSWER_WITHIN_MS = 30_000;

/** The error half of a JSON-RPC response. */
export class RpcError extends Error {
  constructor({code, message, data}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export class McpRemote {
  #process;
  #pending = new Map();
  #log = [];
  #nextId = 1;
  #exited;

  /** Starts mcp-remote, and finishes the handshake of MCP 2025-11-25. */
  static connect(url, {headers = {}, home, visit} = {}) {
    // One argument per header, without a space after the colon: some hosts cut arguments at spaces.
    const headerArguments = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}:${value}`]);
    return McpRemote.started([url, '--allow-http', '--transport', 'http-only', ...headerArguments], {home, visit});
  }

  /** The same with arguments that somebody else wrote. */
  static async started(args, {home = process.env.HOME, visit = () => {}} = {}) {
    const remote = new McpRemote(args, home, visit);
    try {
      remote.server = await remote.request('initialize', {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: {name: 'portcullis-acceptance', version: '1'},
      });
    } catch (error) {
      await remote.close();
      throw error;
    }
    remote.#send({jsonrpc: '2.0', method: 'notifications/initialized'});
    return remote;
  }

  constructor(args, home, visit) {
    this.#process = spawn(process.execPath, [PROXY, ...args], {
      env: {...process.env, HOME: home},
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#exited = new Promise(resolve => this.#process.once('exit', resolve));
    this.#exited.then(code => this.#failAll(new Error(`mcp-remote ended with ${code}\n${this.log}`)));
    createInterface({input: this.#process.stdout}).on('line', line => this.#receive(JSON.parse(line)));
    createInterface({input: this.#process.stderr}).on('line', line => this.#note(line, visit));
  }

  /** The result of one request; an RpcError when the answer is an error. */
  request(method, params = {}) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no answer to ${method} within ${ANSWER_WITHIN_MS} ms\n${this.log}`)),
        ANSWER_WITHIN_MS);
      this.#pending.set(id, {resolve, reject, timer});
      this.#send({jsonrpc: '2.0', id, method, params});
    });
  }

  /** Ends the child process as a host does: by closing its input first. */
  async close() {
    this.#process.stdin.end();
    const stubborn = setTimeout(() => this.#process.kill('SIGTERM'), 2_000);
    await this.#exited;
    clearTimeout(stubborn);
  }

  #send(message) {
    this.#process.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** What it tells the person who started it. */
  get log() {
    return this.#log.join('\n');
  }

  #note(line, visit) {
    if (this.#log.at(-1)?.endsWith('Please authorize this client by visiting:')) {
      visit(line);
    }
    this.#log.push(line);
  }

  #receive(message) {
    const waiting = this.#pending.get(message.id);
    if (waiting === undefined || message.method !== undefined) {
      return; // a notification, or a request of the server, which this host does not serve
    }
    this.#pending.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.error === undefined) {
      waiting.resolve(message.result);
    } else {
      waiting.reject(new RpcError(message.error));
    }
  }

  #failAll(error) {
    for (const {reject, timer} of this.#pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#pending.clear();
  }
}
