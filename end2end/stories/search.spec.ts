// Finding: cards in the palette, places in a flow and in all flows, anything by the command palette.
import { type Page } from '@playwright/test';

import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'search' });
test.describe.configure({ mode: 'serial' });

type Json = Record<string, unknown>;

/** A text card with this value. */
function compose(id: string, value: string): Json {
  const input = { key: { key: 'text' }, label: 'text', type: { base: 'text' }, binding: { kind: 'constant', value } };
  return { id, card: 'string:compose', inputs: [input], outputs: [{ key: { key: 'output' }, label: 'output', type: { base: 'text' } }] };
}

/** A flow of these cards, opened nowhere. */
async function flow(page: Page, nagare: Server, name: string, steps: Json[]): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const draft = { id: row.id, name, steps };
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: 1, draft } });
  return row.id;
}

const start = { id: 'start', card: 'control:noop' };

test('cards are found by name in either language, by what they do, and explained', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const id = await flow(page, nagare, 'Palette', [start]);
  await goto(page, `/flows/${id}`);
  const palette = page.getByRole('complementary', { name: 'Palette' });
  const search = palette.getByLabel('Search cards');

  await test.step('beginnings, mistakes, readings, and words of the same meaning', async () => {
    await expect(palette).toBeVisible();
    await page.keyboard.press('/');
    await expect(search).toBeFocused();
    const first = palette.locator('.palette-item').first();
    for (const [typed, name] of [
      ['suspned user', 'Suspend User'],
      ['ゆーざーのよみとり', 'Read User'],
      ['ﾕｰｻﾞｰの作成', 'Create User'],
      ['delay', 'Wait For'],
      ['json parse', 'Parse'],
      ['user.lifecycle.suspend', 'User Suspended'],
    ] as const) {
      await search.fill(typed);
      await expect(first, typed).toHaveAccessibleName(name);
    }
    await search.fill('read us');
    await expect(first.locator('mark')).toHaveText(['Read', 'Us']);
  });

  await test.step('nothing found says what was searched and offers to clear it', async () => {
    await search.fill('blockchain');
    await expect(palette.getByText('No card for “blockchain”')).toBeVisible();
    await palette.getByRole('button', { name: 'Clear the search' }).click();
    await expect(search).toHaveValue('');
  });

  await test.step('the right arrow explains a card, Escape goes back', async () => {
    await search.fill('upper');
    await search.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const guide = page.getByRole('tooltip');
    await expect(guide).toContainText('To Upper Case');
    await expect(guide).toContainText('"STRASSE"');
    await shots(page, 'palette-guide-en');
    await page.keyboard.press('Escape');
    await expect(guide).toBeHidden();
  });

  await test.step('Enter adds after the selection; what was used is recent', async () => {
    await search.fill('compose');
    await search.press('Enter');
    const added = page.getByRole('treeitem', { name: /Compose,/ });
    await expect(added).toHaveAttribute('aria-selected', 'true');
    await expect(added).toBeFocused();
    await expect(palette.getByRole('group', { name: 'Recent' }).getByRole('button', { name: 'Compose' })).toBeVisible();
    await expect(palette.getByRole('group', { name: 'Suggested after Compose' })).toBeVisible();
    await shots(page, 'palette-en');
    await expectAccessible(page);
  });

  await test.step('from a slot: type, Enter; Escape gives the focus back', async () => {
    await page.keyboard.press('a');
    const list = page.getByRole('dialog', { name: 'Add card' });
    await expect(list.getByLabel('Search cards')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('treeitem', { name: /Compose,/ })).toBeFocused();
    await page.keyboard.press('a');
    await expect(list.getByLabel('Search cards')).toBeFocused();
    await page.keyboard.type('if');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('treeitem', { name: /If\/Else,/ })).toBeFocused();
  });
});

test('a text is found and replaced in the flow', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const note = { id: 'note', card: 'control:comment', note: { title: 'Why', text: 'acme wants it' } };
  const lane = { id: 'true', steps: [compose('inner', 'inside Acme')] };
  const branch = { id: 'if', card: 'control:if', lanes: [lane, { id: 'false', steps: [] }] };
  const id = await flow(page, nagare, 'Find', [start, compose('one', 'Hello ACME'), note, branch]);
  await goto(page, `/flows/${id}`);
  await expect(page.getByRole('treeitem', { name: /Compose,/ }).first()).toBeVisible();

  await page.keyboard.press('Control+f');
  const bar = page.getByRole('search', { name: 'Find in this flow' });
  const field = bar.getByRole('searchbox', { name: 'Find in this flow' });
  await expect(field).toBeFocused();
  await field.fill('acme');
  await expect(bar.getByRole('status')).toHaveText('1 of 3');
  await expect(page.locator('.find-mark')).toHaveCount(3);
  await field.press('Enter');
  await field.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('3 of 3');
  await expect(page.locator("[data-step='inner']")).toHaveAttribute('aria-selected', 'true');
  await expect(field).toBeFocused();
  await field.press('Shift+Enter');
  await expect(bar.getByRole('status')).toHaveText('2 of 3');
  await shots(page, 'find-en');
  await expectAccessible(page);

  await bar.getByRole('button', { name: 'Replace', exact: true }).click();
  await bar.getByLabel('Replace with').fill('Globex');
  await bar.getByRole('button', { name: 'Replace all' }).click();
  await expect(bar.getByRole('status')).toHaveText('Nothing found');
  await field.fill('globex');
  // The walk begins at the selected card.
  await expect(bar.getByRole('status')).toHaveText(/ of 3$/);
  await field.press('Escape');
  await expect(bar).toBeHidden();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+f');
  await field.fill('acme');
  await expect(bar.getByRole('status')).toHaveText(/ of 3$/);
});

test('places are found in all flows', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  await flow(page, nagare, 'First greeter', [start, compose('hello', '<b>Welcome</b> to Initech')]);
  await flow(page, nagare, 'Second greeter', [start, compose('hello', 'Initech says goodbye')]);
  await goto(page, '/');
  await page.keyboard.press('Control+Shift+F');
  await expect(page.getByRole('heading', { name: 'Find in all flows' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search text' }).fill('initech');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 flows', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\?q=initech$/);
  await expect(page.locator('.search-spot mark')).toHaveText(['Initech', 'Initech']);
  await expect(page.getByText('<b>Welcome</b> to Initech')).toBeVisible();
  await shots(page, 'search-en');
  await expectAccessible(page);

  await page.getByRole('link', { name: /goodbye/ }).click();
  await expect(page.locator("[data-step='hello']")).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator("[data-step='hello']")).toBeFocused();
  await page.keyboard.press('i');
  await page.getByRole('link', { name: 'Other flows with this card' }).click();
  await expect(page.getByRole('button', { name: /Remove Card: Compose/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'First greeter' })).toBeVisible();
  await page.getByRole('button', { name: /Remove Card: Compose/ }).click();
  await expect(page.getByText('Type what to look for')).toBeVisible();
});

test('the command palette goes anywhere and acts', async ({ page, nagare, complaints }) => {
  await signedInAt(page, nagare, '/');
  const id = await flow(page, nagare, 'Offboarding', [start, compose('bye', 'bye')]);
  await goto(page, '/');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  const field = palette.getByRole('combobox', { name: 'Command palette' });
  const chosen = palette.getByRole('option', { selected: true });

  await test.step('a flow by a part of its name', async () => {
    await page.keyboard.press('Control+k');
    await expect(field).toBeFocused();
    await field.fill('offb');
    await expect(chosen).toContainText('Offboarding');
    await shots(page, 'commands-en');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/flows/${id}$`));
    await expect(page.getByRole('treeitem', { name: /Compose,/ })).toBeVisible();
  });

  await test.step('cards of this flow, and actions with their keys', async () => {
    await page.keyboard.press('Control+k');
    await field.fill('compose');
    await expect(palette.getByRole('group', { name: 'Cards of this flow' })).toBeVisible();
    await expect(chosen).toContainText('Compose');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('treeitem', { name: /Compose,/ })).toBeFocused();
    await page.keyboard.press('Control+k');
    await field.fill('>turn');
    await expect(chosen).toHaveText('Turn flow on');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('switch', { name: 'Flow is on' })).toBeChecked();
    await page.keyboard.press('Control+k');
    await field.fill('フローをオフ');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('switch', { name: 'Flow is on' })).not.toBeChecked();
  });

  await test.step('theme and language, without the server', async () => {
    complaints.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
    await page.context().setOffline(true);
    await page.keyboard.press('Control+k');
    await field.fill('dark');
    await expect(chosen).toContainText('Theme: dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.context().setOffline(false);
    await page.keyboard.press('Control+k');
    await field.fill('日本語');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  });

  await test.step('Japanese screens', async () => {
    await page.keyboard.press('Control+k');
    const japanese = page.getByRole('combobox', { name: 'コマンドパレット' });
    await expect(japanese).toBeFocused();
    await shots(page, 'commands-ja');
    await page.keyboard.press('Escape');
    await expect(japanese).toBeHidden();
    await page.keyboard.press('/');
    await page.keyboard.type('ゆーざーの');
    await shots(page, 'palette-ja');
    await goto(page, '/search?q=bye');
    await expect(page.getByText('フロー', { exact: false }).first()).toBeVisible();
    await shots(page, 'search-ja');
    await page.context().clearCookies({ name: 'lang' });
  });
});
