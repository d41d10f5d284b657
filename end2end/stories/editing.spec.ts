// Several cards at once: selected by mouse and keyboard, copied between tabs, wrapped, extracted, deleted with repairs, and
// every one of these taken back in one step, also after the page was loaded again.
import { type Locator, type Page } from '@playwright/test';

import { expectAccessible, goto, hydrated, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'editing', permissions: ['clipboard-read', 'clipboard-write'] });
test.describe.configure({ mode: 'serial' });

interface Field {
  key: { key: string };
  label: string;
  type: { base: string };
  binding?: unknown;
}

const text = (key: string): Field => ({ key: { key }, label: key, type: { base: 'text' } });

function from(step: string, field: string): unknown {
  return { kind: 'output', source: { step, field: { key: field } } };
}

/** To Upper Case, which passes a text on. */
function upper(id: string, title: string, source: [string, string]): object {
  return {
    id,
    card: 'string:toUpperCase',
    title,
    inputs: [{ ...text('string'), required: true, binding: from(...source) }],
    outputs: [text('output')],
  };
}

/** Makes a flow of a start that asks for a name, and cards that hand it on: One, Two, Three. */
async function newFlow(page: Page, nagare: Server, name: string, withCards = true): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const asked = { ...text('name'), custom: true };
  const start = { id: 'start', card: 'control:noop', inputs: [asked], outputs: [asked] };
  const cards = [
    upper('one', 'One', ['start', 'name']),
    upper('two', 'Two', ['one', 'output']),
    upper('three', 'Three', ['two', 'output']),
  ];
  const draft = { id: row.id, name, steps: withCards ? [start, ...cards] : [start] };
  const view = await call<{ revision: number }>(page, nagare, 'open_flow', { id: row.id });
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft } });
  return row.id;
}

interface Draft {
  steps: { id: string; card: string; title?: string; inputs?: Field[]; lanes?: { steps: { id: string }[] }[] }[];
}

async function drafted(page: Page, nagare: Server, id: string): Promise<Draft> {
  await expect(page.getByText(/^Draft · saved$|^Saved$/)).toBeVisible();
  return (await call<{ draft: Draft }>(page, nagare, 'open_flow', { id })).draft;
}

function card(page: Page, title: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^Card \\d+ of \\d+, ${title},`) });
}

function head(page: Page, title: string): Locator {
  return card(page, title).locator('.card-title').first();
}

function toolbar(page: Page): Locator {
  return page.getByRole('toolbar', { name: 'Selected cards' });
}

async function titles(page: Page): Promise<string[]> {
  return page.locator('.card .card-title').allTextContents();
}

test('cards are selected by keyboard and by mouse', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Selecting');
  await goto(page, `/flows/${id}`);
  await head(page, 'One').click();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(toolbar(page)).toContainText('2 cards selected');
  await expect(card(page, 'Two')).toBeFocused();
  await expect(card(page, 'One')).toHaveAttribute('aria-selected', 'true');
  await expect(card(page, 'Three')).toHaveAttribute('aria-selected', 'false');
  await expectAccessible(page);
  await shots(page, 'editing-selection');
  await page.keyboard.press('Escape');
  await expect(toolbar(page)).toBeHidden();
  await page.keyboard.press('Control+a');
  await expect(toolbar(page)).toContainText('4 cards selected');
  await head(page, 'One').click();
  await expect(toolbar(page)).toBeHidden();
  await head(page, 'Three').click({ modifiers: ['ControlOrMeta'] });
  await expect(toolbar(page)).toContainText('2 cards selected');
  await head(page, 'Three').click({ modifiers: ['ControlOrMeta'] });
  await expect(toolbar(page)).toBeHidden();
  await head(page, 'Three').click({ modifiers: ['Shift'] });
  await expect(toolbar(page)).toContainText('3 cards selected');

  // Two of them lifted by the mouse, and a copy dropped with Alt.
  await head(page, 'Two').click();
  await head(page, 'Three').click({ modifiers: ['ControlOrMeta'] });
  const grip = await head(page, 'Two').boundingBox();
  const slot = await page.getByRole('button', { name: 'Add card after Run by Hand' }).boundingBox();
  if (!grip || !slot) throw new Error('nothing to drag');
  await page.mouse.move(grip.x + 20, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(grip.x + 40, grip.y + 20, { steps: 3 });
  await page.mouse.move(slot.x + slot.width / 2, slot.y + slot.height / 2, { steps: 10 });
  await expect(page.locator('.air-count')).toHaveText('2');
  await shots(page, 'editing-stack');
  await page.mouse.up();
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'Two', 'Three', 'One']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'One', 'Two', 'Three']);

  // A frame drawn around all of them.
  const first = await card(page, 'One').boundingBox();
  const last = await card(page, 'Three').boundingBox();
  if (!first || !last) throw new Error('no cards');
  await page.keyboard.down('Shift');
  await page.mouse.move(first.x - 15, first.y + first.height + 60);
  await page.mouse.down();
  await page.mouse.move(last.x + 40, last.y + 40, { steps: 6 });
  await expect(page.locator('.marquee')).toBeVisible();
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(toolbar(page)).toContainText('3 cards selected');
});

test('cards travel between two tabs as text', async ({ page, context, nagare, complaints }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Copied from');
  const other = await newFlow(page, nagare, 'Pasted into', false);
  await goto(page, `/flows/${id}`);
  await head(page, 'One').click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  await expect(page.locator('p[role=status][aria-live]')).toContainText('Copied 2 cards');

  const second = await context.newPage();
  complaints.listen(second);
  await goto(second, `/flows/${other}`);
  await head(second, 'Run by Hand').click();
  await second.keyboard.press('Control+v');
  await expect.poll(() => titles(second)).toEqual(['Run by Hand', 'One', 'Two']);
  await expect(toolbar(second)).toContainText('2 cards selected');
  await expect(second.getByText('1 field is empty now')).toBeHidden();
  const pasted = await drafted(second, nagare, other);
  const [, one, two] = pasted.steps;
  expect(one?.id).not.toBe('one');
  expect(two?.inputs?.[0]?.binding, 'linked to the copy').toMatchObject({ source: { step: one?.id } });
  await second.keyboard.press('Control+z');
  await expect.poll(() => titles(second)).toEqual(['Run by Hand']);

  // A text becomes a note; data of another program is refused.
  await second.evaluate(() => navigator.clipboard.writeText('Remember the milk'));
  await second.keyboard.press('Control+v');
  await expect(second.getByText('Remember the milk')).toBeVisible();
  await second.evaluate(() => navigator.clipboard.writeText('{"nodes": []}'));
  await second.keyboard.press('Control+v');
  await expect(second.getByText('The clipboard holds data of another program.')).toBeVisible();
  await second.close();
});

test('a selection is wrapped, taken out again and made a helper flow', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Arranged');
  await goto(page, `/flows/${id}`);
  await expect(page.getByText('No problems')).toBeVisible();
  await head(page, 'One').click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(card(page, 'If Error')).toBeFocused();
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'If Error', 'One', 'Two', 'Three']);
  await expect(page.getByText('No problems')).toBeVisible();
  await shots(page, 'editing-wrapped');
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'One', 'Two', 'Three']);
  await expect(page.getByText('No problems')).toBeVisible();
  await expect(toolbar(page)).toContainText('2 cards selected');

  await toolbar(page).getByRole('button', { name: 'Helper flow' }).click();
  const dialog = page.getByRole('dialog', { name: 'Extract as helper flow?' });
  await dialog.getByLabel('Name of the helper flow').fill('Make it loud');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make helper flow' }).click();
  await expect(card(page, 'Make it loud')).toBeFocused();
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'Make it loud', 'Three']);
  await expect(page.getByText('No problems')).toBeVisible();
  await shots(page, 'editing-extracted');
  const link = page.getByRole('link', { name: 'Open', exact: true });
  const helper = (await link.getAttribute('href')) ?? '';
  await page.keyboard.press('Control+z');
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'One', 'Two', 'Three']);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'Make it loud', 'Three']);
  await drafted(page, nagare, id);
  await goto(page, helper);
  await expect.poll(() => titles(page)).toEqual(['Helper Flow', 'One', 'Two', 'Return']);
  await expect(page.getByText('Flow is ON')).toBeVisible();
});

test('deleting repairs what depended on the card, and all is undone after a reload', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await newFlow(page, nagare, 'Repaired');
  await goto(page, `/flows/${id}`);
  await head(page, 'Two').click();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete Two?' });
  await expect(dialog.getByRole('combobox')).toHaveValue('0');
  await expectAccessible(page);
  await shots(page, 'editing-delete');
  await dialog.getByRole('button', { name: 'Delete card' }).click();
  await expect(card(page, 'Three')).toBeFocused();
  await expect(page.getByText('No problems')).toBeVisible();
  const draft = await drafted(page, nagare, id);
  expect(draft.steps[2]?.inputs?.[0]?.binding, 'what Two got').toMatchObject({ source: { step: 'one' } });

  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByRole('dialog', { name: /^Save a version/ }).getByLabel('Name of the version').press('Enter');
  await expect(page.getByText('Version 1 saved')).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(card(page, 'Three')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'One', 'Two', 'Three']);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => titles(page)).toEqual(['Run by Hand', 'One', 'Three']);
});
