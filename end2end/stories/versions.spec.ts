// Nothing is ever lost: drafts outlive tabs, servers and networks; versions are named, compared and restored; two people
// in one flow see each other, and where both change the same place somebody chooses.
import { type BrowserContext, type Locator, type Page } from '@playwright/test';

import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signIn, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'versions' });
test.describe.configure({ mode: 'serial' });

interface Flow {
  id: string;
  name: string;
  steps: unknown[];
}

interface View {
  revision: number;
  draft: Flow;
}

function compose(id: string, title: string, text: string): object {
  return {
    id,
    card: 'string:compose',
    title,
    inputs: [
      {
        key: { key: 'text' },
        label: 'text',
        type: { base: 'text' },
        custom: true,
        binding: { kind: 'constant', value: text },
      },
    ],
    outputs: [{ key: { key: 'output' }, label: 'output', type: { base: 'text' } }],
  };
}

/** Makes a flow with three cards. */
async function newFlow(page: Page, nagare: Server, name: string): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  await save(page, nagare, row.id, (draft) => {
    draft.steps = [compose('one', 'First', 'a'), compose('two', 'Second', 'b'), compose('three', 'Third', 'c')];
  });
  return row.id;
}

async function view(page: Page, nagare: Server, id: string): Promise<View> {
  return call<View>(page, nagare, 'read_draft', { id });
}

/** Changes the draft past the editor, as somebody elsewhere does. */
async function save(page: Page, nagare: Server, id: string, change: (draft: Flow) => void): Promise<void> {
  const { revision, draft } = await view(page, nagare, id);
  change(draft);
  await call(page, nagare, 'save_draft', { request: { id, revision, draft } });
}

function card(page: Page, title: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^Card \\d+ of \\d+, ${title},`) });
}

function text(page: Page, title: string): Locator {
  return card(page, title).getByRole('textbox').first();
}

async function type(page: Page, title: string, what: string): Promise<void> {
  await text(page, title).press('End');
  await page.keyboard.type(what);
}

async function kept(page: Page): Promise<void> {
  await expect(page.getByText('Draft · saved')).toBeVisible();
}

/** How many unsaved drafts this browser keeps. */
async function copies(page: Page): Promise<number> {
  return page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('nagare.draft.')).length);
}

/** Another window of the same person. */
async function second(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await goto(page, path);
  return page;
}

test('a tab that dies loses nothing', async ({ page, context, nagare, complaints }) => {
  complaints.allow(/ERR_FAILED|save_draft|live\/flows/);
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Crash');
  const doomed = await second(context, `/flows/${id}`);
  await expect(card(doomed, 'Second')).toBeVisible();
  // Nothing reaches the server any more, not even behind the page.
  await doomed.route('**/rpc/save_draft', (route) => route.abort());
  await type(doomed, 'Second', ' and not lost');
  await expect.poll(() => copies(doomed)).toBe(1);
  const session = await context.newCDPSession(doomed);
  session.send('Page.crash').catch(() => undefined);
  await doomed.waitForEvent('crash');
  await doomed.close();

  await goto(page, `/flows/${id}`);
  await expect(page.getByText('Changes that had not been saved are back')).toBeVisible();
  await expect(text(page, 'Second')).toContainText('b and not lost');
  await kept(page);
  expect(await copies(page)).toBe(0);
  expect(JSON.stringify((await view(page, nagare, id)).draft)).toContain('b and not lost');
});

test('the server dies while somebody edits', async ({ page, nagare, complaints }) => {
  complaints.allow(/ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE|Failed to (load|fetch)/);
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Power cut');
  await goto(page, `/flows/${id}`);
  await expect(card(page, 'First')).toBeVisible();
  await nagare.kill9();
  await type(page, 'First', ' offline');
  await expect(page.getByText('Offline. Your edits are kept here and will be saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save version' })).toBeDisabled();
  await type(page, 'Third', ' too');
  await nagare.restart();
  await kept(page);
  const saved = JSON.stringify((await view(page, nagare, id)).draft);
  expect(saved).toContain('a offline');
  expect(saved).toContain('c too');
});

test('versions have names and notes, are compared and restored', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'History');
  await goto(page, `/flows/${id}`);
  await expect(card(page, 'First')).toBeVisible();
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Save a version of History?' });
  await expect(dialog.getByText('The first version')).toBeVisible();
  await dialog.getByLabel('Name of the version').fill('Before the summer');
  await dialog.getByLabel('Note').fill('As agreed with the auditors');
  await dialog.getByLabel('Name of the version').press('Enter');
  await expect(page.getByText('Version 1 saved')).toBeVisible();

  await type(page, 'Second', '!');
  await card(page, 'Third').focus();
  await page.keyboard.press('Delete');
  await expect(card(page, 'Third')).toBeHidden();
  await page.getByRole('button', { name: 'Save version' }).click();
  await expect(dialog.getByText('Since v1 · 2 changes')).toBeVisible();
  await expect(dialog.getByText('Third removed')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.locator('.version-name', { hasText: 'Before the summer' })).toBeVisible();
  await expect(page.getByText('As agreed with the auditors')).toBeVisible();
  const changes = page.getByRole('region', { name: 'What changed' });
  await expect(changes.getByRole('listitem')).toHaveText([/Second, text: “b” → “b!”/, /Third removed/]);
  await expect(card(page, 'Second')).toHaveAttribute('data-change', 'changed');
  await expect(card(page, 'Second').locator('del')).toHaveText('“b”');
  await expect(card(page, 'Third')).toHaveAttribute('data-change', 'removed');
  await expect(card(page, 'First')).toHaveAttribute('data-change', 'same');
  await expectAccessible(page);
  await shots(page, 'versions');

  await card(page, 'First').focus();
  await page.keyboard.press('n');
  await expect(card(page, 'Second')).toBeFocused();
  await page.keyboard.press('.');
  await expect(card(page, 'Third')).toBeFocused();
  await page.getByRole('button', { name: 'Bring back this card' }).click();
  await expect(changes.getByRole('listitem')).toHaveText([/Second, text/]);

  await page.getByRole('button', { name: /^v1 Before the summer/ }).click();
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  await expect(page.getByText('Before the summer is the draft now')).toBeVisible();
  await expect(page.getByText('Draft before a restore', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Design' }).click();
  await expect(text(page, 'Second')).toHaveText('b');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(text(page, 'Second')).toHaveText('b!');
});

test('two people see each other and what the other does', async ({ page, browser, nagare, complaints }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Together');
  await goto(page, `/flows/${id}`);
  const context = await browser.newContext({ baseURL: nagare.url, viewport: { width: 1440, height: 900 } });
  const other = await context.newPage();
  complaints.listen(other);
  await signIn(other, nagare);
  await goto(other, `/flows/${id}`);
  const people = page.getByRole('list', { name: 'Also here' });
  await expect(people.getByRole('button')).toHaveAccessibleName(/Hanako Yamada has this flow open/);

  await card(other, 'Second').focus();
  await expect(card(page, 'Second')).toHaveAttribute('data-peer', 'HY');
  await type(other, 'Third', ' by the other');
  await expect(text(page, 'Third')).toContainText('c by the other');
  await expect(page.locator('.field-box[data-editor="HY"]')).toBeVisible();
  await shots(page, 'versions-people');
  // The field is locked while the other edits it, and can be taken over.
  await text(page, 'Third').click();
  await expect(page.getByText('Hanako Yamada is editing this field')).toBeVisible();
  await page.getByRole('button', { name: 'Edit it anyway' }).click();

  // Different cards at the same time: both changes are there.
  await type(page, 'First', ' by me');
  await type(other, 'Second', ' at once');
  await expect(text(page, 'Second')).toContainText('b at once');
  await expect(text(other, 'First')).toContainText('a by me');
  await context.close();
  await expect(people).toBeHidden({ timeout: 20_000 });
});

test('where both change the same field somebody chooses', async ({ page, nagare, complaints }) => {
  complaints.allow(/409/);
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Conflict');
  await goto(page, `/flows/${id}`);
  await expect(card(page, 'Second')).toBeVisible();
  await page.route('**/rpc/read_draft', (route) => route.abort());
  complaints.allow(/ERR_FAILED/);
  await save(page, nagare, id, (draft) => {
    draft.steps[1] = compose('two', 'Second', 'theirs');
    draft.name = 'Renamed elsewhere';
  });
  await type(page, 'Second', ' mine');
  await expect(page.getByText(/Offline|not saved yet/).first()).toBeVisible();
  await page.unroute('**/rpc/read_draft');
  const panel = page.getByRole('region', { name: /Somebody else changed the same places/ });
  await expect(panel).toBeVisible({ timeout: 20_000 });
  const mine = panel.getByRole('radio', { name: /Mine/ });
  await expect(mine).toBeChecked();
  await expect(panel.getByText('“b” → “theirs”')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'versions-conflict');
  await mine.focus();
  await page.keyboard.press('ArrowDown');
  await expect(panel.getByRole('radio', { name: /Theirs/ })).toBeChecked();
  await panel.getByRole('button', { name: 'Use what is chosen' }).click();
  await expect(panel).toBeHidden();
  await expect(text(page, 'Second')).toHaveText('theirs');
  await expect(page.getByRole('button', { name: 'Renamed elsewhere' })).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByText('Draft from a conflict', { exact: true })).toBeVisible();
});

test('バージョンを日本語で比べる', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, '入社手続き');
  await call(page, nagare, 'save_version', { request: { id, name: '夏の前', note: '' } });
  await save(page, nagare, id, (draft) => {
    draft.steps = [draft.steps[0], draft.steps[2], compose('four', '新しいカード', 'd')];
  });
  await page.context().addCookies([{ name: 'lang', value: 'ja', url: nagare.url }]);
  await goto(page, `/flows/${id}`);
  await page.getByRole('tab', { name: 'バージョン' }).click();
  const changes = page.getByRole('region', { name: '変更内容' });
  await expect(changes.getByRole('listitem')).toHaveText([/「Second」を削除/, /「新しいカード」を追加/]);
  await expectAccessible(page);
  await shots(page, 'versions-ja');
});
