// Who works with the server in a story.
import type { Page } from '@playwright/test';

import { goto } from './page.ts';
import type { Server } from './server.ts';

export const administrator = {
  name: 'Hanako Yamada',
  login: 'hanako@aozora.example',
  password: 'correct horse battery',
};

const isSetUp = new WeakSet<Server>();

/** Signs the administrator in; the first time on a server, makes her. Leaves the page where it is. */
export async function signIn(page: Page, nagare: Server): Promise<void> {
  const { name, login, password } = administrator;
  const first = !isSetUp.has(nagare);
  const form: Record<string, string> = first
    ? { code: nagare.setupCode, name, login, password }
    : { login, password };
  const response = await page.request.post(`${nagare.url}/rpc/${first ? 'set_up' : 'sign_in'}`, {
    form,
    headers: { Origin: nagare.url, Accept: 'application/json' },
  });
  if (!response.ok()) throw new Error(`nobody is signed in: ${await response.text()}`);
  isSetUp.add(nagare);
}

/** Signs in and opens `path`. */
export async function signedInAt(page: Page, nagare: Server, path: string): Promise<void> {
  await signIn(page, nagare);
  await goto(page, path);
}

/** Calls the server as the signed-in person's browser does. */
export async function call<Answer>(page: Page, nagare: Server, name: string, body: unknown): Promise<Answer> {
  const response = await page.request.post(`${nagare.url}/rpc/${name}`, {
    data: body,
    headers: { Origin: nagare.url, Accept: 'application/json' },
  });
  if (!response.ok()) throw new Error(`${name} was refused: ${await response.text()}`);
  return (await response.json()) as Answer;
}
