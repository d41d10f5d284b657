// The simulated org as an administrator with a script sees it.
import type { Server } from './server.ts';

/** Speaks to the simulated org's API, past Nagare. */
export class Okta {
  constructor(private readonly server: Server) {}

  get url(): string {
    return this.server.announced.oktaUrl;
  }

  get token(): string {
    return this.server.announced.oktaToken;
  }

  get clientId(): string {
    return this.server.announced.clientId;
  }

  get clientSecret(): string {
    return this.server.announced.clientSecret;
  }

  get publicClientId(): string {
    return this.server.announced.publicClientId;
  }

  get login(): string {
    return this.server.announced.login;
  }

  get password(): string {
    return this.server.announced.password;
  }

  /** Calls the API and returns the parsed answer; anything but success is an error with its text. */
  async api<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        Authorization: `SSWS ${this.token}`,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
