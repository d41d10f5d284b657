// A real domain controller of Active Directory (Samba), started by a test of the crate `ldap`, changed with LDIF.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { target } from './server.ts';

/** Building it the first time takes longest; then provisioning the domain. */
const START_MS = 300_000;
const NAME = 'controller::a_controller_is_reached_from_outside';

export interface Announced {
  host: string;
  port: number;
  authority: string;
  account: string;
  password: string;
}

/** One controller with a domain of its own, corp.example.test. */
export class Controller {
  readonly #answers: ((line: string) => void)[] = [];

  private constructor(
    private readonly process: ChildProcess,
    readonly announced: Announced,
  ) {}

  /** Starts a controller; where the machine cannot have one, returns the reason. */
  static async start(): Promise<Controller | string> {
    const child = spawn('cargo', ['test', '--quiet', '--package', 'ldap', '--test', 'it', '--', '--exact', NAME, '--nocapture'], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, CARGO_TARGET_DIR: target, NAGARE_CONTROLLER: 'serve', NAGARE_SKIP_FRONT: '1' },
    });
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
    const lines = createInterface({ input: child.stdout });
    const told = await new Promise<Announced | string>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${why}\n${said.slice(-30).join('\n')}`));
      const timer = setTimeout(() => fail('the controller was not ready in time'), START_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        fail('the controller ended before it was ready');
      });
      lines.on('line', (line) => {
        if (!line.startsWith('{')) return;
        const told = JSON.parse(line) as Announced & { missing?: string };
        clearTimeout(timer);
        resolve(told.missing ?? told);
      });
    });
    if (typeof told === 'string') return told;
    const controller = new Controller(child, told);
    lines.on('line', (line) => {
      if (line.startsWith('{')) controller.#answers.shift()?.(line);
    });
    return controller;
  }

  /** Adds and changes entries by the text of LDIF. */
  async change(ldif: string): Promise<void> {
    const done = new Promise<string>((resolve) => this.#answers.push(resolve));
    this.process.stdin?.write(`${JSON.stringify({ ldif })}\n`);
    await done;
  }

  async dispose(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.stdin?.end();
    await ended;
  }
}
