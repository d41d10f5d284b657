// Running from the designer: the draft on the canvas, one card alone, pinned outputs, again from the failed card; and the
// list of runs beside it.
import type { Page } from '@playwright/test';

import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import type { Server } from '../support/server.ts';

test.use({ world: 'running' });

const key = (name: string) => ({ key: name });
const given = (name: string, binding: object) => ({
  key: key(name),
  label: name,
  type: { base: 'text' },
  binding,
});
const out = (name: string) => ({ key: key(name), label: name, type: { base: 'text' } });
const from = (step: string, field: string) => ({ kind: 'output', source: { step, field: key(field) } });

const upper = (id: string, binding: object) => ({
  id,
  card: 'string:toUpperCase',
  inputs: [given('string', binding)],
  outputs: [out('output')],
});

/** Makes a flow that a person starts with a word; its last card ends it with an error. */
async function make(page: Page, nagare: Server, name: string, last: object): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  const word = { ...out('word'), custom: true };
  const steps = [
    { id: 'start', card: 'control:callable', outputs: [word] },
    upper('up', from('start', 'word')),
    last,
  ];
  const draft = { ...view.draft, steps };
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft } });
  return row.id;
}

const thrown = {
  id: 'bad',
  card: 'control:throw',
  inputs: [given('message', from('up', 'output'))],
};

test('a draft runs on the canvas, card by card, and again from the card where it failed', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const id = await make(page, nagare, 'Tried out', thrown);
  await goto(page, `/flows/${id}`);
  const second = page.getByRole('treeitem', { name: /^Card 2 of 3/ });
  const third = page.getByRole('treeitem', { name: /^Card 3 of 3/ });
  await expect(third).toBeVisible();

  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('No card acts on an org')).toBeVisible();
  await dialog.getByRole('textbox', { name: /word/i }).fill('hello');
  await dialog.getByRole('button', { name: 'Save as test' }).click();
  await dialog.getByRole('textbox', { name: 'Name of the test' }).fill('Greeting');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The test is kept with the flow')).toBeVisible();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();

  const panel = page.getByRole('region', { name: 'Run panel' });
  await expect(panel.getByText('Failed', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/flows/${id}`));
  await expect(second).toContainText('HELLO');
  await expect(third).toContainText('HELLO');
  await expectAccessible(page);
  await shots(page, 'running-failed');
  await panel.getByRole('tab', { name: 'Log' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(3);

  await panel.getByRole('button', { name: 'Re-run from card 3' }).click();
  await expect(dialog.getByText('1 card that finished does not run again.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Run again' }).click();
  await expect(panel.getByText('Taken over')).toHaveCount(1);
  await expect(panel.getByText('Failed', { exact: true }).first()).toBeVisible();

  await second.press('r');
  await expect(panel).toBeHidden();
  await second.press('r');
  await panel.getByRole('link', { name: 'Open run' }).click();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByText('Draft', { exact: true })).toBeVisible();
  const here = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(here);
  await page.getByRole('link', { name: 'Open flow' }).click();
  await page.waitForURL(/\/flows\/.*card=bad/);
  await expect(page.getByRole('treeitem', { name: /^Card 2 of 3/ })).toContainText('HELLO');
  await expect(panel).toBeVisible();
});

test('outputs are pinned, one card runs alone, and a run ends where it should', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const id = await make(page, nagare, 'Pinned', upper('last', from('up', 'output')));
  await goto(page, `/flows/${id}`);
  const second = page.getByRole('treeitem', { name: /^Card 2 of 3/ });
  const third = page.getByRole('treeitem', { name: /^Card 3 of 3/ });
  await second.click();
  await page.keyboard.press('Control+Shift+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('alone');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Run panel' });
  await expect(panel.getByText('One card alone')).toBeVisible();
  await expect(second).toContainText('ALONE');
  await expect(third).not.toContainText('ALONE');

  await second.getByRole('button', { name: /menu/i }).click();
  await page.getByRole('menuitem', { name: 'Pin its outputs' }).click();
  await expect(second.getByRole('button', { name: /^Pinned/ })).toBeVisible();
  await second.getByRole('button', { name: /menu/i }).click();
  await page.getByRole('menuitem', { name: 'Run up to here' }).click();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel.getByText('Stopped after card 2, as asked')).toBeVisible();
  await expect(second).toContainText('Pinned');
  await shots(page, 'running-pinned');

  await panel.getByRole('button', { name: 'Remove 1 pin' }).click();
  await expect(second.getByRole('button', { name: /^Pinned/ })).toBeHidden();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(second.getByRole('button', { name: /^Pinned/ })).toBeVisible();
});

test('runs are found, looked at beside the list and repeated together', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const id = await make(page, nagare, 'Listed', thrown);
  for (const word of ['one', 'two']) {
    await call(page, nagare, 'try_flow', { trial: { flow: id, inputs: { word } } });
  }
  await goto(page, `/runs?flow=${id}&status=failed`);
  const links = page.getByRole('link', { name: 'Listed', exact: true });
  await expect(links).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('TWO');
  await page.keyboard.press('Enter');
  await expect(links).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove filter Text: TWO' }).click();
  await expect(links).toHaveCount(2);

  await links.first().press('Space');
  const sheet = page.getByRole('complementary', { name: 'What happened' });
  await expect(sheet.getByText('TWO')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'running-list');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  await page.getByRole('button', { name: 'Re-run', exact: true }).click();
  const asking = page.getByRole('dialog', { name: 'Repeat 2 runs?' });
  await asking.getByLabel('Begin').selectOption('From the card where each ended');
  await expect(asking.getByLabel('Version')).toHaveValue('same');
  await expectAccessible(page);
  await shots(page, 'running-bulk');
  await asking.getByRole('button', { name: 'Run again' }).click();
  const results = page.getByRole('dialog', { name: 'What became of each' });
  await expect(results.getByRole('listitem')).toHaveCount(2);
  await expect(results).toContainText('Open the new run');
  await expectAccessible(page);
  await results.getByText('Close', { exact: true }).click();
  await page.getByRole('button', { name: /^2 new runs/ }).click();
  await expect(links).toHaveCount(4);
});
