// An administrator builds a flow: by mouse, by keyboard, with every change kept and every change undoable.
import { type Locator, type Page } from '@playwright/test';

import { connect } from '../support/org.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'editor' });
test.describe.configure({ mode: 'serial' });

let flow = '';

/** Makes a flow and opens it. */
async function newFlow(page: Page, nagare: Server, name: string): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  await goto(page, `/flows/${row.id}`);
  return row.id;
}

function card(page: Page, title: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^Card \\d+ of \\d+, ${title},`) });
}

/** Drags the middle of one element onto another, slowly enough for the page to follow. */
async function drag(page: Page, from: Locator, to: Locator, beside = 0): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to drag');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 12, start.y + start.height / 2 + 8, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2 + beside, end.y + end.height / 2, { steps: 12 });
}

test('a flow is built by mouse', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  await connect(page, okta, 'aozora');
  flow = await newFlow(page, nagare, 'Welcome text');

  await page.getByRole('button', { name: /^Add event/ }).click();
  const list = page.getByRole('dialog', { name: 'Add card' });
  await list.getByLabel('Search cards').fill('user created');
  await list.getByRole('button', { name: 'User Created', exact: true }).click();
  await expect(card(page, 'User Created')).toBeVisible();
  await expect(card(page, 'User Created').getByRole('combobox', { name: 'Connection' })).toHaveValue(/.+/);

  const palette = page.getByRole('complementary', { name: 'Palette' });
  await palette.getByLabel('Search cards').fill('compose');
  await drag(page, palette.getByRole('button', { name: 'Compose', exact: true }), page.getByRole('button', { name: 'Add card after User Created' }));
  await expect(page.getByText('Drop to run after User Created')).toBeVisible();
  await shots(page, 'editor-drag');
  await page.mouse.up();
  await expect(card(page, 'Compose')).toBeVisible();

  const text = card(page, 'Compose').getByRole('textbox');
  await drag(page, card(page, 'User Created').getByRole('button', { name: 'Output Event Type' }), text);
  await page.mouse.up();
  await expect(text).toContainText('Event Type');
  await text.press('End');
  await text.pressSequentially(' happened at {');
  await page.getByRole('option', { name: /Date and Time/ }).click();
  await expect(text).toContainText('happened at');
  await expect(text).toContainText('Date and Time');
  await expect(page.getByText('Draft · saved')).toBeVisible();
  await expect(page.getByText('No problems')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'editor');
});

test('what was built is still there, and is turned on', async ({ page, nagare }) => {
  await signedInAt(page, nagare, `/flows/${flow}`);
  await expect(card(page, 'Compose').getByRole('textbox')).toContainText('happened at');
  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByRole('dialog', { name: /^Save a version/ }).getByLabel('Name of the version').press('Enter');
  await expect(page.getByText('Version 1 saved')).toBeVisible();
  await page.getByRole('switch', { name: 'Flow is on' }).click();
  await expect(page.getByText('Flow is ON')).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByRole('button', { name: /^v1 .*Active/ })).toBeVisible();
});

test('a flow with problems stays off and says why', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  await newFlow(page, nagare, 'Half done');
  await page.getByRole('button', { name: /^Add event/ }).click();
  await page.keyboard.type('user created');
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await page.keyboard.type('suspend user');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Suspend User')).toBeVisible();
  await page.getByRole('switch', { name: 'Flow is on' }).click();
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('The required input is empty');
  await expect(page.getByText('Flow is OFF')).toBeVisible();
  await page.getByRole('button', { name: /Suspend User › ID or Login/ }).click();
  await expect(card(page, 'Suspend User')).toBeFocused();
  await expectAccessible(page);
});

test('everything goes by keyboard', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  await newFlow(page, nagare, 'By keyboard');
  const announced = page.locator('p[role=status][aria-live]');
  await page.getByRole('button', { name: /^Add event/ }).press('Enter');
  await page.keyboard.type('user created');
  await page.keyboard.press('Enter');
  await expect(card(page, 'User Created')).toBeFocused();
  for (const name of ['if/else', 'suspend user']) {
    await page.keyboard.press('a');
    await expect(page.getByRole('dialog', { name: 'Add card' }).getByLabel('Search cards')).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Add card' })).toBeHidden();
  }
  await expect(card(page, 'Suspend User')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(announced).toContainText('Moved into Run when TRUE, position 1 of 1');
  await page.keyboard.press('ArrowUp');
  await expect(card(page, 'If/Else')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(card(page, 'User Created')).toBeFocused();

  await page.keyboard.press('m');
  await expect(announced).toContainText('Holding Date and Time');
  for (let tries = 0; tries < 6 && !(await announced.textContent())?.startsWith('Suspend User'); tries++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await expect(announced).toContainText('Mapped to Suspend User, ID or Login');
  await expect(card(page, 'Suspend User').getByRole('textbox', { name: 'ID or Login' })).toContainText('Date and Time');

  await page.keyboard.press('F2');
  await page.getByLabel('Title of the card').fill('Stop them');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Stop them')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(card(page, 'Suspend User')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(card(page, 'Suspend User').getByRole('textbox', { name: 'ID or Login' })).toBeEmpty();
  await page.keyboard.press('Control+Shift+z');
  await expect(card(page, 'Suspend User').getByRole('textbox', { name: 'ID or Login' })).toContainText('Date and Time');
});

test('deleting says what depends on the card', async ({ page, nagare }) => {
  await signedInAt(page, nagare, `/flows/${flow}`);
  await card(page, 'User Created').focus();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete User Created?' });
  await expect(dialog).toContainText('Compose');
  await dialog.getByRole('button', { name: 'Delete card' }).click();
  await expect(card(page, 'User Created')).toBeHidden();
  await expect(page.getByRole('button', { name: /problem/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(card(page, 'User Created')).toBeVisible();
  // Leaving at once loses nothing.
  await page.getByRole('link', { name: 'Home' }).click();
  await goto(page, `/flows/${flow}`);
  await expect(card(page, 'User Created')).toBeVisible();
});

test('somebody else saved meanwhile', async ({ page, nagare, complaints }) => {
  complaints.allow(/409/);
  await signedInAt(page, nagare, `/flows/${flow}`);
  await expect(card(page, 'Compose')).toBeVisible();
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: flow });
  await call(page, nagare, 'save_draft', {
    request: { id: flow, revision: view.revision, draft: { ...view.draft, name: 'Renamed elsewhere' } },
  });
  await card(page, 'Compose').getByRole('textbox').press('End');
  await page.keyboard.type('!');
  // What both did is there: they touched different places.
  await expect(page.getByRole('button', { name: 'Renamed elsewhere' })).toBeVisible();
  await expect(card(page, 'Compose').getByRole('textbox')).toContainText('!');
});
