// Values find their way into fields: by mouse, by keyboard and by finger; what is wrong is told at once and repaired.
import { type Locator, type Page } from '@playwright/test';

import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'fields' });

const text = { base: 'text' };
const output = (key: string, type: object) => ({ key: { key }, label: key, type });
const input = (key: string, type: object, more: object = {}) => ({ key: { key }, label: key, type, ...more });
const from = (step: string, key: string) => ({ kind: 'output', source: { step, field: { key } } });

/** A helper flow that gives one value of each type, and a card that takes them. */
const typed = [
  {
    id: 'start',
    card: 'control:callable',
    outputs: [
      { ...output('name', text), custom: true },
      { ...output('count', { base: 'number' }), custom: true },
      { ...output('ids', { base: 'text', list: true }), custom: true },
      { ...output('user', { base: 'object', keys: [{ key: 'login', type: text }] }), custom: true },
    ],
  },
  {
    id: 'take',
    card: 'control:let',
    title: 'Take them',
    inputs: [
      input('greeting', text, { custom: true, binding: { kind: 'constant', value: 'Hello you' } }),
      input('size', { base: 'number' }, { custom: true }),
      input('when', { base: 'date' }, { custom: true }),
      input('tags', { base: 'text', list: true }, { custom: true }),
      input('profile', { base: 'object' }, { custom: true }),
      input('active', { base: 'boolean' }, { custom: true }),
    ],
  },
];

async function flowOf(page: Page, nagare: Server, name: string, steps: object[]): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const view = await call<{ revision: number }>(page, nagare, 'open_flow', { id: row.id });
  const draft = { id: row.id, name, saves_data: true, steps };
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft } });
  await goto(page, `/flows/${row.id}`);
  return row.id;
}

async function draftOf(page: Page, nagare: Server, id: string): Promise<any> {
  await expect(page.getByText(/^Draft · saved|^下書き/)).toBeVisible();
  return (await call<{ draft: any }>(page, nagare, 'open_flow', { id })).draft;
}

function card(page: Page, title: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^Card \\d+ of \\d+, ${title},`) });
}

async function drag(page: Page, from: Locator, to: Locator, x?: number): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to drag');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 12, start.y + start.height / 2 + 8, { steps: 3 });
  await page.mouse.move(x ?? end.x + end.width / 2, end.y + end.height / 2, { steps: 10 });
  await page.mouse.up();
}

test('a value is dropped into a text, refused with a way out, and converted', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  await flowOf(page, nagare, 'Mapping', typed);
  const take = card(page, 'Take them');
  const greeting = take.getByRole('textbox', { name: 'greeting' });
  const grip = (name: string) => page.getByRole('button', { name: `Output ${name}`, exact: true });
  const box = await greeting.boundingBox();
  // Before the text: the value goes where the caret shows.
  await drag(page, grip('name'), greeting, (box?.x ?? 0) + 7);
  await expect(greeting).toHaveText(/^1\s*name\s*Hello you$/);
  await expect(greeting).toBeFocused();
  await page.keyboard.type(', ');
  await expect(greeting).toHaveText(/name, Hello you$/);

  const size = take.getByRole('textbox', { name: 'size' });
  await drag(page, grip('ids'), size);
  const refusal = take.getByRole('alert');
  await expect(refusal).toContainText('does not go into Number as it is');
  await shots(page, 'fields-refused');
  await refusal.getByRole('button', { name: 'Take the first item' }).click();
  await expect(take.locator('.field-pills')).toContainText('ids');
  await expect(page.getByText('No problems')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(take.getByRole('textbox', { name: 'size' })).toBeVisible();
  await expectAccessible(page);
});

test('text with values is edited by keyboard, and the clipboard keeps them', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  await flowOf(page, nagare, 'Keyboard', typed);
  const greeting = card(page, 'Take them').getByRole('textbox', { name: 'greeting' });
  await greeting.focus();
  await page.keyboard.press('Home');
  await page.keyboard.type('{');
  await expect(page.getByRole('listbox', { name: 'Values of earlier cards' })).toBeVisible();
  await page.keyboard.type('logi');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(greeting).toHaveText(/^1\s*user › login\s*Hello you$/);
  // One step over the value, one key selects it, the next removes it.
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('!');
  await expect(greeting).toHaveText(/login!Hello you$/);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('End');
  await page.keyboard.press('Control+v');
  await expect(greeting.locator('.pill')).toHaveCount(2);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Backspace');
  await expect(greeting.locator('.pill')).toHaveCount(2);
  await page.keyboard.press('Backspace');
  await expect(greeting.locator('.pill')).toHaveCount(1);
});

test('typed values have editors of their type', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await flowOf(page, nagare, 'Typed', typed);
  const take = card(page, 'Take them');
  const size = take.getByRole('textbox', { name: 'size' });
  await size.fill('twelve');
  await size.blur();
  await expect(take.getByRole('alert')).toContainText('This is not a number');
  await size.fill('9007199254740993');
  await take.getByRole('switch', { name: 'active' }).click();

  await take.getByRole('textbox', { name: 'when' }).fill('2026/11/21 14:00');
  await take.getByRole('button', { name: 'Edit when' }).click();
  const editor = page.getByRole('dialog', { name: 'when' });
  await expect(editor.getByRole('button', { name: '2026-11-21' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shots(page, 'fields-date');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(take.getByRole('textbox', { name: 'when' })).toHaveValue('2026-11-28 14:00');

  await take.getByRole('button', { name: 'Edit tags' }).click();
  const tags = page.getByRole('dialog', { name: 'tags' });
  await tags.getByRole('button', { name: 'Add item' }).click();
  await tags.getByLabel('Item 1', { exact: true }).fill('one');
  await page.keyboard.press('Enter');
  await expect(tags.getByLabel('Item 2', { exact: true })).toBeFocused();
  await page.keyboard.type('two');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(tags.getByLabel('Item 1', { exact: true })).toHaveValue('two');
  await shots(page, 'fields-list');
  await page.keyboard.press('Escape');

  await take.getByRole('button', { name: 'Edit profile' }).click();
  const profile = page.getByRole('dialog', { name: 'profile' });
  await profile.getByRole('button', { name: 'Add key' }).click();
  await profile.getByLabel('Key key', { exact: true }).fill('department');
  await page.keyboard.press('Tab');
  await profile.getByLabel('Value of department', { exact: true }).fill('IT');
  await expect(profile.getByRole('textbox', { name: 'profile' })).toHaveValue(/"department": "IT"/);
  await shots(page, 'fields-object');
  await page.keyboard.press('Escape');

  const values = (await draftOf(page, nagare, id)).steps[1].inputs.map((field: any) => field.binding.value);
  expect(JSON.stringify(values.slice(3))).toBe('[["two","one"],{"department":"IT"},true]');
  expect(values[2]).toMatch(/^2026-11-2[78]T\d\d:00:00\.000Z$/);
});

test('problems are told at the field and repaired with one click', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const compose = (id: string, binding: object) => ({
    id,
    card: 'string:compose',
    inputs: [input('text', text, { binding })],
    outputs: [output('output', text)],
  });
  const id = await flowOf(page, nagare, 'Repairs', [
    typed[0]!,
    {
      id: 'if',
      card: 'control:if',
      inputs: [
        input('left-operand', { base: 'any' }, { binding: from('start', 'name') }),
        input('operator', text, { binding: { kind: 'constant', value: '==' } }),
        input('right-operand', { base: 'any' }, { binding: { kind: 'constant', value: 'Ada' } }),
      ],
      lanes: [{ id: 'true', steps: [compose('inner', from('start', 'name'))] }, { id: 'false' }],
    },
    compose('outer', from('inner', 'output')),
    {
      id: 'mixed',
      card: 'control:let',
      title: 'Mixed',
      inputs: [
        input('a', text, { custom: true, binding: from('start', 'count') }),
        input('b', text, { custom: true, binding: from('start', 'count') }),
      ],
    },
  ]);
  await page.getByRole('button', { name: /3 problems/ }).click();
  const list = page.getByRole('region', { name: 'Problems' });
  await expect(list.getByText('comes from a branch')).toBeVisible();
  await shots(page, 'fields-problems');
  await expectAccessible(page);
  await list.getByRole('button', { name: 'Hand it out as output of If/Else' }).click();
  await expect(page.getByRole('button', { name: /2 problems/ })).toBeVisible();
  await expect(list.locator('.problem-row').first()).toBeFocused();
  await list.getByRole('button', { name: 'Repair all of this kind' }).click();
  await expect(page.getByText('No problems')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /2 problems/ })).toBeVisible();
  // At the field itself.
  await card(page, 'Mixed').getByRole('button', { name: /types do not agree.*Write as text/ }).first().click();
  await expect(page.getByRole('button', { name: /1 problem/ })).toBeVisible();
  const draft = await draftOf(page, nagare, id);
  expect(draft.steps[1].lanes[0].yields[0].binding.source.step).toBe('inner');
});

test.describe('by finger', () => {
  test.use({ hasTouch: true });

  test('a long press lifts a value, a tap takes it in hand', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/flows');
    await flowOf(page, nagare, 'Touch', typed);
    const take = card(page, 'Take them');
    const size = take.getByRole('textbox', { name: 'size' });
    const row = page.locator('[data-step=start] .card-output', { hasText: 'count' });
    await row.locator('.port').tap();
    await size.tap();
    await expect(take.locator('.field-pills')).toContainText('count');
    await page.keyboard.press('Control+z');
    await expect(size).toBeVisible();

    const [start, end] = [await row.boundingBox(), await size.boundingBox()];
    if (!start || !end) throw new Error('nothing to press');
    const client = await page.context().newCDPSession(page);
    const touch = (type: string, x: number, y: number) =>
      client.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    await touch('touchStart', start.x + 120, start.y + 13);
    await expect(page.locator('.air-pill')).toBeVisible();
    await touch('touchMove', end.x + 40, end.y + 12);
    await expect(take.locator('.field-box[data-answer="fits-over"]')).toBeVisible();
    await touch('touchEnd', 0, 0);
    await expect(take.locator('.field-pills')).toContainText('count');
  });
});

test('日本語でも同じように書ける', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  const id = await flowOf(page, nagare, '変換', [
    typed[0]!,
    { ...typed[1]!, title: '受け取り', inputs: [input('挨拶', text, { custom: true }), input('日時', { base: 'date' }, { custom: true })] },
  ]);
  await page.getByRole('button', { name: 'Person, language and theme' }).click();
  await page.getByRole('menuitemradio', { name: '日本語' }).click();
  await page.keyboard.press('Escape');
  const greeting = page.locator('[data-step=take]').getByRole('textbox', { name: '挨拶' });
  await greeting.focus();
  // An input method composes: Enter takes its word and nothing else.
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await client.send('Input.insertText', { text: '日本' });
  await expect(greeting).toHaveText('日本');
  await page.locator('[data-step=take]').getByRole('textbox', { name: '日時' }).fill('2026年11月21日 14:00');
  await expect
    .poll(async () => (await draftOf(page, nagare, id)).steps[1].inputs.map((field: any) => field.binding.value))
    .toEqual(['日本', expect.stringMatching(/^2026-11-2[12]T/)]);
  await shots(page, 'fields-ja');
});
