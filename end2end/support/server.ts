// Starts the real program with its simulated org, reads what it prints, and can kill it without mercy.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The first start opens a database and makes keys; a debug build needs a moment for that. */
const START_MS = 30_000;
const STOP_MS = 10_000;
const LOG_LINES = 400;

const root = path.resolve(import.meta.dirname, '../..');
export const target = path.resolve(root, process.env['CARGO_TARGET_DIR'] ?? 'target');
export const binary = process.env['NAGARE_BINARY'] ?? path.join(target, 'debug', 'nagare');

/** What `nagare demo` tells the person who starts it. */
export interface Announced {
  /** Where the server answers. */
  url: string;
  /** Makes the first administrator. Not printed once there is one. */
  setupCode: string | undefined;
  /** Where the simulated org answers. */
  oktaUrl: string;
  /** An API token of the simulated org. */
  oktaToken: string;
  clientId: string;
  clientSecret: string;
  publicClientId: string;
  /** An administrator of the simulated org, who can grant access on its consent page. */
  login: string;
  password: string;
}

/** One server with a data folder of its own. */
export class Server {
  #process: ChildProcess | undefined;
  #announced: Announced | undefined;
  readonly #log: string[] = [];

  private constructor(readonly data: string) {}

  /** Starts a server on an empty data folder. */
  static async start(): Promise<Server> {
    if (!existsSync(binary)) {
      throw new Error(`${binary} is missing; run \`cargo build -p server\` and \`cargo xtask front\``);
    }
    const server = new Server(await mkdtemp(path.join(tmpdir(), 'nagare-story-')));
    await server.#launch('127.0.0.1:0');
    return server;
  }

  get url(): string {
    return this.announced.url;
  }

  /** The code for the first administrator; fails where the server no longer gives one. */
  get setupCode(): string {
    const code = this.announced.setupCode;
    if (code === undefined) throw new Error('this server is set up already');
    return code;
  }

  get announced(): Announced {
    if (!this.#announced) throw new Error('the server is not running');
    return this.#announced;
  }

  /** The last lines that the server printed. */
  get log(): string {
    return this.#log.join('\n');
  }

  /** Asks the server to stop and waits until it has. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends the server as a power cut would. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts the server again: same data, same address. Stops it first if it runs. */
  async restart(): Promise<void> {
    const address = new URL(this.url).host;
    await this.stop();
    await this.#launch(address);
  }

  /** Stops the server and forgets its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  async #launch(listen: string): Promise<void> {
    const child = spawn(binary, ['demo', '--listen', listen, '--data', this.data], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NAGARE_SKIP_FRONT: '1',
        NAGARE_SITE: path.join(target, 'site'),
      },
    });
    this.#process = child;
    createInterface({ input: child.stderr }).on('line', (line) => this.#remember(line));
    const lines = createInterface({ input: child.stdout });

    this.#announced = await new Promise<Announced>((resolve, reject) => {
      const said = new Map<string, string>();
      const fail = (why: string) => reject(new Error(`${why}\n${this.log}`));
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(`the server was not ready after ${START_MS / 1000} s`);
      }, START_MS);
      lines.on('line', (line) => {
        this.#remember(line);
        const [label, value] = split(line);
        said.set(label, value);
        const announced = read(said);
        if (announced) {
          clearTimeout(timer);
          resolve(announced);
        }
      });
      child.once('error', (error) => {
        clearTimeout(timer);
        fail(`${binary} cannot be started: ${error.message}`);
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(`the server ended before it was ready (${code ?? signal})`);
      });
    });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const timer = setTimeout(() => {
      this.#remember(`did not stop within ${STOP_MS / 1000} s and was killed`);
      child.kill('SIGKILL');
    }, STOP_MS);
    child.kill(signal);
    await ended;
    clearTimeout(timer);
  }

  #remember(line: string): void {
    this.#log.push(line);
    if (this.#log.length > LOG_LINES) this.#log.shift();
  }
}

/** Splits `Label: value`; the line with the server's own address has no colon. */
function split(line: string): [string, string] {
  const ready = /^Nagare is ready at (\S+)/.exec(line);
  if (ready?.[1]) return ['ready', ready[1].replace(/\/$/, '')];
  const at = line.indexOf(': ');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 2).trim()];
}

/** All that was announced, once nothing is missing. Only the set-up code may be absent. */
function read(said: Map<string, string>): Announced | undefined {
  const [clientId, clientSecret] = pair(said.get('OAuth client'));
  const [login, password] = pair(said.get('Okta administrator'));
  const url = said.get('ready');
  const oktaUrl = said.get('Simulated Okta org')?.replace(/\/$/, '');
  const oktaToken = said.get('Okta API token (SSWS)');
  const publicClientId = said.get('Public OAuth client');
  const setupCode = said.get('Set-up code');
  if (!url || !oktaUrl || !oktaToken || !publicClientId) return undefined;
  if (!clientId || !clientSecret || !login || !password) return undefined;
  return {
    url,
    setupCode,
    oktaUrl,
    oktaToken,
    clientId,
    clientSecret,
    publicClientId,
    login,
    password,
  };
}

/** Splits `ONE / OTHER`. */
function pair(text: string | undefined): [string | undefined, string | undefined] {
  const at = text?.indexOf(' / ') ?? -1;
  return text === undefined || at < 0 ? [undefined, undefined] : [text.slice(0, at), text.slice(at + 3)];
}
