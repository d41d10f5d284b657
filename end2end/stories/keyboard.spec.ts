// Everything without a pointer: only keys are pressed here, nothing is clicked, filled or focused by the test.
import { type Page } from '@playwright/test';

import { connect } from '../support/org.ts';
import { goto, shots } from '../support/page.ts';
import { call, signIn, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'keyboard' });
test.describe.configure({ mode: 'serial' });

/** The accessible name of what has the focus, as far as the page writes one down. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement)) return '';
    const label = active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : undefined;
    return active.getAttribute('aria-label') ?? label ?? active.innerText ?? '';
  });
}

/** Presses a key until what has the focus is called like that. */
async function press(page: Page, key: string, until: RegExp, most = 60): Promise<void> {
  for (let tries = 0; tries <= most; tries++) {
    if (until.test((await focused(page)).trim())) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${until}; the focus is on “${await focused(page)}”`);
}

/** Presses keys one after the other. */
async function keys(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

/** What has the focus is called like that. */
async function expectFocus(page: Page, name: RegExp): Promise<void> {
  await expect.poll(async () => (await focused(page)).trim()).toMatch(name);
}

/** Adds a card after the selected one. */
async function add(page: Page, search: string, title: RegExp): Promise<void> {
  await page.keyboard.press('a');
  await expectFocus(page, /^Search cards$/);
  await page.keyboard.type(search);
  await page.keyboard.press('Enter');
  await expectFocus(page, title);
}

const said = (page: Page) => page.locator('p[role=status]').last();

test('a flow of five cards is built, run, repaired and run again', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  await connect(page, okta, 'aozora');
  await signedInAt(page, nagare, '/flows');

  // A new flow.
  await press(page, 'Tab', /^New flow$/);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Name of the flow/);
  await page.keyboard.type('Welcome by keyboard');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/flows\/[^/]+$/);

  // A helper flow with an input, Read User, If/Else, and a card in each branch.
  await press(page, 'F6', /^Add event/);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Search cards$/);
  await page.keyboard.type('helper flow');
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Card 1 of 1, Helper Flow/);
  await page.keyboard.press('Enter');
  await press(page, 'Tab', /^Add (field|output)$/, 8);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Field name$/);
  await page.keyboard.type('login');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Output login' })).toBeVisible();
  await keys(page, 'Escape');
  await expectFocus(page, /^Card 1 of 1/);

  await add(page, 'read user', /^Card 2 of 2, Read User/);
  await add(page, 'if/else', /^Card 3 of 3, If\/Else/);
  await add(page, 'compose', /^Card 4 of 4, Compose/);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(said(page)).toContainText('Moved into Run when TRUE, position 1 of 1');
  await keys(page, 'Control+d');
  await expectFocus(page, /^Card 5 of 5, Compose/);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(said(page)).toContainText('Moved into Run when FALSE, position 1 of 1');

  // A mapping: the input of the flow goes to Read User.
  await keys(page, 'ArrowUp', 'ArrowUp', 'ArrowLeft');
  await expectFocus(page, /^Card 2 of 5, Read User, Okta, connection aozora, 1 input/);
  await keys(page, 'ArrowLeft', 'm');
  await expect(said(page)).toHaveText(/^Holding login, text\. \d+ inputs can take it\.$/);
  await keys(page, 'ArrowRight');
  await expect(said(page)).toHaveText('Read User, ID or Login');
  await keys(page, 'Enter');
  await expect(said(page)).toHaveText('Mapped to Read User, ID or Login. Undo with Control Z.');

  // The connection is chosen in the card: first field, then back.
  await expectFocus(page, /^Card 2 of 5/);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Connection$/);
  await keys(page, 'ArrowUp');
  await keys(page, 'ArrowDown', 'Escape');
  await expectFocus(page, /^Card 2 of 5, Read User, Okta, connection aozora/);

  // A condition with a value and a literal.
  await keys(page, 'ArrowRight', 'Enter');
  await press(page, 'Tab', /value a/i, 6);
  await page.keyboard.type('{');
  await expect(page.getByRole('listbox', { name: 'Values of earlier cards' })).toBeVisible();
  await keys(page, 'ArrowDown', 'Enter', 'Escape');
  await expectFocus(page, /^Card 3 of 5/);
  await keys(page, 'Enter');
  await press(page, 'Tab', /value b/i, 6);
  await page.keyboard.type('nobody');
  await keys(page, 'Escape');

  // Text in both branches.
  for (const [down, text] of [['ArrowDown', 'known'], ['ArrowDown', 'unknown']] as const) {
    await keys(page, down);
    await expectFocus(page, /^Card [45] of 5, Compose/);
    await page.keyboard.press('Enter');
    await page.keyboard.type(`${text} person`);
    await keys(page, 'Escape');
    await expectFocus(page, /^Card [45] of 5, Compose/);
  }
  await shots(page, 'keyboard-built');

  // A version, then a run that fails: there is no such person.
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: /^Save a version/ }).getByLabel('Name of the version').press('Enter');
  await expect(page.getByText('Version 1 saved')).toBeVisible();
  const runWith = async (login: string): Promise<void> => {
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog', { name: 'Run this flow now?' })).toBeVisible();
    await press(page, 'Tab', /^login/i, 16);
    await page.keyboard.type(login);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Run this flow now?' })).toBeHidden();
  };
  await runWith('nobody@aozora.example');
  await expect(said(page)).toHaveText('Run failed at card 2, Read User: 404.', { timeout: 20_000 });
  const panel = page.getByRole('region', { name: 'Run panel' });
  await expect(panel).toContainText('Failed');

  // The field gets somebody who is there.
  await press(page, 'F6', /^Card \d of 5/, 8);
  await press(page, 'ArrowUp', /^Card 3 of 5/, 3);
  await keys(page, 'ArrowLeft', 'Enter');
  await press(page, 'Tab', /^ID or Login$/, 4);
  await keys(page, 'Control+a', 'Delete');
  await page.keyboard.type(okta.login);
  await keys(page, 'Escape');
  await expectFocus(page, /^Card 2 of 5/);
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: /^Save a version/ }).getByLabel('Name of the version').press('Enter');
  await expect(page.getByText('Version 2 saved')).toBeVisible();
  await runWith('x');
  await expect(panel).toContainText('Succeeded', { timeout: 20_000 });
  await expect(said(page)).toHaveText('The run has ended.');
});

/** A flow with an input, two texts and an If/Else with a text in its first branch, opened with the focus on card 1. */
async function open(page: Page, nagare: Server, name: string): Promise<void> {
  await signIn(page, nagare);
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  const type = { base: 'text' };
  const login = { key: { key: 'login' }, label: 'login', type, custom: true };
  const text = (id: string, binding: object = { kind: 'empty' }) => ({
    id,
    card: 'string:compose',
    inputs: [{ key: { key: 'text' }, label: 'text', type, binding }],
    outputs: [{ key: { key: 'output' }, label: 'output', type }],
  });
  const operand = (key: string, value: string) => ({ key: { key }, label: key, type, binding: { kind: 'constant', value } });
  const steps = [
    { id: 'start', card: 'control:noop', outputs: [login] },
    text('one', { kind: 'output', source: { step: 'start', field: login.key } }),
    {
      id: 'if',
      card: 'control:if',
      inputs: [operand('left-operand', 'a'), operand('operator', 'equal to'), operand('right-operand', 'b')],
      lanes: [{ id: 'true', steps: [text('yes')] }, { id: 'false', steps: [] }],
    },
    text('two', { kind: 'output', source: { step: 'gone', field: { key: 'output' } } }),
  ];
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps } } });
  await goto(page, `/flows/${row.id}`);
  await expect(page.getByRole('treeitem')).toHaveCount(5);
  await press(page, 'F6', /^Card 1 of 5/, 6);
}

test('each line of the table of keys does what it says', async ({ page, nagare }) => {
  await open(page, nagare, 'Table of keys');
  const cards = page.getByRole('treeitem');
  const palette = page.getByRole('complementary', { name: 'Palette' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });

  // Walking.
  await keys(page, 'End');
  await expectFocus(page, /^Card 5 of 5/);
  await keys(page, 'Home');
  await expectFocus(page, /^Card 1 of 5/);
  await keys(page, 'ArrowRight', 'ArrowRight', 'ArrowDown');
  await expectFocus(page, /^Card 4 of 5/);
  await keys(page, 'ArrowUp', 'ArrowLeft');
  await expectFocus(page, /^Card 2 of 5/);

  // Adding after and before; the way out of the list leads back to the card.
  await keys(page, 'Shift+A');
  await expectFocus(page, /^Search cards$/);
  await keys(page, 'Escape');
  await expectFocus(page, /^Card 2 of 5/);
  await keys(page, 'Shift+A');
  await page.keyboard.type('compose');
  await keys(page, 'Enter');
  await expectFocus(page, /^Card 2 of 6, Compose/);
  await keys(page, 'Delete');
  await expectFocus(page, /^Card 2 of 5/);
  await keys(page, 'Insert');
  await expectFocus(page, /^Search cards$/);
  await keys(page, 'Escape');

  // Palette, its search, inspector, help.
  await keys(page, 'p');
  await expect(palette).toBeHidden();
  await keys(page, '/');
  await expect(palette).toBeVisible();
  await expectFocus(page, /^Search cards$/);
  await press(page, 'F6', /^Card 2 of 5/, 6);
  await keys(page, 'F1');
  await expect(inspector.getByRole('tab', { name: 'Help' })).toHaveAttribute('aria-selected', 'true');
  await keys(page, 'F6', 'F6');
  await expect(inspector.locator(':focus')).toHaveCount(1);
  await keys(page, 'Escape');
  await expectFocus(page, /^Card 2 of 5/);
  await keys(page, 'i');
  await expect(inspector).toBeHidden();

  // Tab goes through the card, then to the next part of the page.
  await keys(page, 'Enter', 'Shift+Tab');
  await expectFocus(page, /^Card 2 of 5/);
  await keys(page, 'Shift+Tab');
  await expect(palette.locator(':focus')).toHaveCount(1);
  await keys(page, 'F6');
  await expectFocus(page, /^Card 2 of 5/);

  // Naming, folding, moving, copying.
  await keys(page, 'F2');
  await page.keyboard.type('First text');
  await keys(page, 'Enter');
  await expectFocus(page, /^Card 2 of 5, First text/);
  await keys(page, 'c');
  await expect(cards.nth(1)).toHaveClass(/folded/);
  await keys(page, 'c', 'Alt+ArrowRight');
  await expectFocus(page, /^Card 4 of 5, First text/);
  await keys(page, 'Alt+ArrowLeft');
  await expectFocus(page, /^Card 2 of 5, First text/);
  await keys(page, 'Alt+ArrowLeft');
  await expect(page).toHaveURL(/\/flows\//);
  await keys(page, 'Control+d');
  await expect(cards).toHaveCount(6);
  await keys(page, 'Control+z');
  await expect(cards).toHaveCount(5);
  await keys(page, 'Control+y');
  await expect(cards).toHaveCount(6);
  await keys(page, 'Control+z', 'Control+Shift+z', 'Control+z');
  await expect(cards).toHaveCount(5);
  await press(page, 'ArrowLeft', /^Card 1 of 5/, 3);
  await keys(page, 'ArrowRight', 'Control+c', 'Control+v');
  await expect(cards).toHaveCount(6);
  await keys(page, 'Control+x');
  await expect(cards).toHaveCount(5);

  // Wires, note, problems, zoom.
  await keys(page, 'w');
  await expect(page.getByRole('button', { name: 'Show all wires' })).toHaveAttribute('aria-pressed', 'true');
  await keys(page, 'w', 'n');
  await expectFocus(page, /^Title of the note$/);
  await page.keyboard.type('Mind this');
  await keys(page, 'Escape');
  await expectFocus(page, /^Note: Mind this/);
  await keys(page, 'Control+z', 'Control+z');
  await keys(page, '.');
  await expectFocus(page, /^Card \d of 5.*problem/);
  await keys(page, ',');
  await expectFocus(page, /^Card \d of 5.*problem/);
  const zoom = page.locator('.bar-zoom');
  await keys(page, '0');
  await expect(zoom).toHaveText('100%');
  await keys(page, '-');
  await expect(zoom).toHaveText('83%');
  await keys(page, '+');
  await expect(zoom).toHaveText('100%');
  await keys(page, '1');
  await expect(zoom).not.toHaveText('100%');

  // The table itself.
  await keys(page, '?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keys(page, 'Escape');
  await expectFocus(page, /^Card \d of 5/);
});

test('several cards, finding, commands and the run panel go by keys', async ({ page, nagare }) => {
  await open(page, nagare, 'More keys');
  const cards = page.getByRole('treeitem');
  const selected = page.getByRole('treeitem', { selected: true });
  await keys(page, 'ArrowRight', 'Shift+ArrowRight');
  await expect(selected).toHaveCount(2);
  await keys(page, 'ArrowLeft');
  await expect(selected).toHaveCount(1);
  await keys(page, 'Control+a');
  await expect(selected).toHaveCount(4);
  await keys(page, 'Home', 'ArrowRight', 'g', 'e');
  await expect(page.getByRole('treeitem', { name: /If Error/ })).toBeVisible();
  await keys(page, 'Control+z');
  await expect(cards).toHaveCount(5);
  await keys(page, 'Control+f');
  await expect(page.locator('input:focus')).toHaveCount(1);
  await keys(page, 'Escape');
  await expectFocus(page, /^Card \d of 5/);
  await keys(page, 'Control+k');
  await expect(page.getByRole('dialog').locator('input:focus')).toHaveCount(1);
  await keys(page, 'Escape');
  await expectFocus(page, /^Card \d of 5/);
  const panel = page.getByRole('region', { name: 'Run panel' });
  await keys(page, 'r');
  await expect(panel).toBeVisible();
  await keys(page, 'F6', 'F6');
  await expect(panel.locator(':focus')).toHaveCount(1);
  await keys(page, 'Escape');
  await expectFocus(page, /^Card \d of 5/);
  await keys(page, 'r');
  await expect(panel).toBeHidden();
});

test('the outline has the same cards, fields and actions', async ({ page, nagare }) => {
  await open(page, nagare, 'Outline');
  await keys(page, 'ArrowRight', 'o');
  const outline = page.getByRole('region', { name: 'Outline of Outline' });
  await expect(outline).toBeVisible();
  await expectFocus(page, /^Card 2 of 5, Compose/);
  await keys(page, 'ArrowDown', 'ArrowDown');
  await expectFocus(page, /^Card 4 of 5, Compose/);

  // Opened, its field takes text and a value from the list.
  await keys(page, 'Enter');
  await press(page, 'Tab', /^text$/i, 24);
  await page.keyboard.type('Dear {');
  await keys(page, 'ArrowDown', 'Enter');
  await expect(outline.getByRole('textbox').nth(1)).toContainText('Dear 2output');
  await keys(page, 'Escape');
  await expectFocus(page, /^Card 4 of 5/);

  // Moved, renamed, deleted, added, mapped by list.
  await press(page, 'Tab', /^Out of branch$/, 12);
  await keys(page, 'Enter');
  await expect(said(page)).toContainText('Moved, position 4 of 5');
  await keys(page, 'F2');
  await page.keyboard.type('Greeting');
  await keys(page, 'Enter');
  await expectFocus(page, /^Card 4 of 5, Greeting/);
  await keys(page, 'ArrowUp', 'ArrowUp');
  await expectFocus(page, /^Card 2 of 5/);
  await keys(page, 'm');
  await expectFocus(page, /^Use output in/i);
  await keys(page, 'Enter');
  await press(page, 'Tab', /^5 Compose/, 12);
  await keys(page, 'Enter');
  await expect(said(page)).toContainText('Mapped to Compose');
  await expectFocus(page, /^Card 2 of 5/);
  await keys(page, 'ArrowDown', 'ArrowDown', 'Delete');
  await expect(outline.locator('[data-step]')).toHaveCount(4);
  await expectFocus(page, /^Card 4 of 4/);
  await keys(page, 'a');
  await expectFocus(page, /^Search cards$/);
  await page.keyboard.type('uppercase');
  await keys(page, 'Escape');
  await expectFocus(page, /^Card 4 of 4/);
  await shots(page, 'outline');

  // It is remembered, and the canvas has the same card.
  await page.reload();
  await expect(outline).toBeVisible();
  // Where nothing has the focus a card gets it, once everything is drawn.
  await expect(page.getByRole('complementary', { name: 'Palette' }).getByText('Compose').first()).toBeVisible();
  await press(page, 'F6', /^Card 1 of 4/, 6);
  await keys(page, 'ArrowDown', 'o');
  await expect(page.getByRole('treeitem', { name: /^Card 2 of 4/ })).toBeFocused();
});

test('single letters can be switched off', async ({ page, nagare }) => {
  await open(page, nagare, 'Letters');
  await keys(page, '?');
  await press(page, 'Tab', /^Single letters/, 6);
  await keys(page, 'Space', 'Escape');
  await expectFocus(page, /^Card 1 of 5/);
  await keys(page, 'p', 'a', 'i');
  await expect(page.getByRole('complementary', { name: 'Palette' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Add card' })).toBeHidden();
  await keys(page, 'Insert');
  await expect(page.getByRole('dialog', { name: 'Add card' })).toBeVisible();
});
