// Every page and every state that covers it, looked at by axe: in English and light, in Japanese and dark.
import path from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import { type Page } from '@playwright/test';

import { connect } from '../support/org.ts';
import { RULES, follow, goto } from '../support/page.ts';
import { call, signIn, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'axe' });
test.describe.configure({ mode: 'serial' });

const looks = [
  { language: 'en', colorScheme: 'light' },
  { language: 'ja', colorScheme: 'dark' },
] as const;
type Look = (typeof looks)[number];

const packs = path.resolve(import.meta.dirname, '../packs');
const found: string[] = [];

/** Changes theme and language of the open page, as a person does: without loading it again. */
async function wear(page: Page, { language, colorScheme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if ((await page.locator('html').getAttribute('lang')) === language) return;
  const atDoor = page.locator('.door-head button');
  if (await atDoor.isVisible()) {
    await atDoor.click();
  } else {
    await page.locator('.person .menu-button').click();
    await page.locator(`.person [role=menuitemradio] [lang=${language}]`).click();
    await page.keyboard.press('Escape');
  }
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** Looks at what is on the screen now, or at a part of it, and notes what is wrong. */
async function look(page: Page, state: string, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES);
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  const language = await page.locator('html').getAttribute('lang');
  for (const rule of violations) {
    for (const node of rule.nodes) found.push(`${state} (${language}): ${rule.id}: ${node.target.join(' ')}`);
  }
}

/** Goes to another page in the browser, as a link does, waits for what it is about, and looks. */
async function visit(page: Page, address: string, ready = 'h1'): Promise<void> {
  await follow(page, address);
  await expect(page.locator(ready).first()).toBeVisible();
  await expect(page.locator('main .loading')).toHaveCount(0);
  await look(page, address);
}

/** Opens the first dialog that a press gives, looks, and closes it again. */
async function lookAtDialog(page: Page, state: string): Promise<void> {
  await expect(page.locator('dialog[open]')).toBeVisible();
  await look(page, state, 'dialog[open]');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toBeHidden();
}

test.afterEach(() => {
  expect(found.splice(0), 'accessibility').toEqual([]);
});

test('pages for people who are not signed in, and pages with nothing on them', async ({ page, nagare }) => {
  await goto(page, '/setup');
  for (const its of looks) {
    await wear(page, its);
    await look(page, '/setup');
  }
  await signIn(page, nagare);
  await goto(page, '/');
  for (const its of looks) {
    await wear(page, its);
    for (const address of ['/', '/flows', '/runs', '/connections', '/connections/new', '/tables', '/settings']) {
      await visit(page, address);
    }
    for (const address of ['/connections/new?kind=web', '/delegated', '/flows/import', '/templates', '/search', '/audit', '/directories', '/nowhere']) {
      await visit(page, address);
    }
    await visit(page, '/');
  }
  await page.context().clearCookies();
  await goto(page, '/sign-in');
  for (const its of looks) {
    await wear(page, its);
    await look(page, '/sign-in');
  }
});

let flow = '';
let run = '';
let table = '';
let connection = '';

test('lists, a connection, tables and a run with something in them', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  connection = await connect(page, okta, 'aozora');
  ({ flow, run, table } = await fill(page, nagare));
  for (const its of looks) {
    await wear(page, its);
    for (const address of ['/', '/flows', '/runs', '/runs?status=failed', `/connections/${connection}`, '/tables', '/search?q=user', '/audit']) {
      await visit(page, address);
    }
    await visit(page, `/tables/${table}`, '[role=grid] [role=row]');
    await visit(page, `/runs/${run}`, '[role=treeitem]');
    await page.locator('.inspector [role=tab]').nth(1).click();
    await look(page, 'run, second tab');
  }
});

test('the editor: canvas, outline, panels and what opens over them', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/settings');
  for (const its of looks) {
    await wear(page, its);
    await follow(page, `/flows/${flow}`);
    const first = page.locator('[role=treeitem]').first();
    await expect(first).toBeVisible();
    // A few cards of the list are enough: all are alike, and there are nearly a thousand.
    await page.locator('.palette input[type=search]').fill('compose');
    await look(page, 'editor');
    await first.click({ position: { x: 60, y: 20 } });
    await page.keyboard.press('p');
    await page.keyboard.press('i');
    await expect(page.locator('.inspector')).toBeVisible();
    for (let tab = 0; tab < 3; tab++) {
      await page.locator('.inspector [role=tab]').nth(tab).click();
      await look(page, `inspector, tab ${tab + 1}`, '.inspector');
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.keyboard.press('a');
    await page.locator('.add-popover input[type=search]').fill('compose');
    await look(page, 'add popover', '.add-popover');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+f');
    await expect(page.locator('input:focus')).toHaveCount(1);
    await look(page, 'several cards, find bar', '.editor-middle');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.locator('[role=dialog] input:focus, dialog[open] input:focus')).toHaveCount(1);
    await look(page, 'command palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await expect(page.locator('.run-panel')).toBeVisible();
    await look(page, 'run panel', '.run-panel');
    await page.keyboard.press('r');
    await page.keyboard.press('?');
    await lookAtDialog(page, 'shortcuts');
    await page.keyboard.press('Control+Enter');
    await lookAtDialog(page, 'run dialog');
    await first.click({ position: { x: 60, y: 20 } });
    await first.press('Delete');
    await lookAtDialog(page, 'delete dialog');
    for (const zoom of ['plate', 'block']) {
      for (let times = 0; times < 5; times++) await page.keyboard.press('-');
      await expect(page.locator(`.canvas[data-detail=${zoom}]`)).toBeVisible();
      await look(page, zoom, '.canvas');
    }
    await page.keyboard.press('1');
    await page.keyboard.press('o');
    await page.locator('.outline [data-step]').nth(1).click();
    await look(page, 'outline', '.outline');
    await page.keyboard.press('o');
    for (const tab of [1, 2]) {
      await page.locator('.rail-header [role=tab]').nth(tab).click();
      await look(page, `editor, tab ${tab + 1}`);
    }
    await follow(page, '/settings');
  }
});

test('dialogs, menus and the steps of an import', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/settings');
  for (const its of looks) {
    await wear(page, its);
    await follow(page, '/flows');
    await page.locator('.page-header .button-primary').click();
    await lookAtDialog(page, 'new flow');
    await page.locator('.person .menu-button').click();
    await look(page, 'person menu');
    await page.keyboard.press('Escape');
    await page.locator('main .menu-button').last().click();
    await look(page, 'row menu');
    await follow(page, '/tables');
    await page.locator('.page-header .button-primary').click();
    await lookAtDialog(page, 'new table');
    await follow(page, '/flows/import');
    await page.locator('input[type=file]').setInputFiles(path.join(packs, 'suspend-new-users.flopack'));
    await expect(page.locator('.import-tree, .tree').first()).toBeVisible();
    await look(page, 'import, contents');
    await page.locator('.button-primary').last().click();
    await look(page, 'import, assign');
    await follow(page, '/settings');
  }
});

/** A flow with a branch and a problem, a run that failed, a table with a row. */
async function fill(page: Page, nagare: Server): Promise<{ flow: string; run: string; table: string }> {
  const text = (key: string, value: string) => ({
    key: { key },
    label: key,
    type: { base: 'text' },
    binding: { kind: 'constant', value },
  });
  const make = async (name: string, steps: object[]): Promise<string> => {
    const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
    const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
    const draft = { ...view.draft, steps };
    await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft } });
    return row.id;
  };
  const output = { key: { key: 'login' }, label: 'login', type: { base: 'text' }, custom: true };
  const login = { ...text('ID or Login', 'nobody@aozora.example'), key: { group: 'User', key: 'ID or Login' } };
  const start = { id: 'start', card: 'control:noop', outputs: [output] };
  const read = { id: 'read', card: 'okta:readUser', connection, inputs: [login], outputs: [] };
  const failing = await make('Fails', [start, read]);
  await call(page, nagare, 'turn', { request: { id: failing, on: true } });
  const started = await call<string>(page, nagare, 'start_run', { request: { id: failing, inputs: { login: 'a' } } });
  const from = { kind: 'output', source: { step: 'start', field: { key: 'login' } } };
  const branch = {
    id: 'if',
    card: 'control:if',
    inputs: ['left-operand', 'operator', 'right-operand'].map((key) => text(key, key === 'operator' ? 'equal to' : 'x')),
    lanes: ['true', 'false'].map((id) => ({
      id,
      steps: [{ id: `text-${id}`, card: 'string:compose', inputs: [{ ...text('text', ''), binding: from }], outputs: [] }],
    })),
  };
  const note = { id: 'note', card: 'control:comment', note: { title: 'Why', text: 'A **note**' } };
  const built = await make('Branches', [start, branch, note, { ...read, id: 'again', inputs: [{ ...login, binding: { kind: 'empty' }, required: true }] }]);
  const made = await call<{ id: string }>(page, nagare, 'create_table', {
    table: { id: '', folder: null, name: 'Groups', description: '', columns: [{ name: 'Group', type: 'text' }], rows: 0 },
  });
  await call(page, nagare, 'insert_row', { table: made.id, change: { cells: { Group: 'Interns' } } });
  return { flow: built, run: started, table: made.id };
}
