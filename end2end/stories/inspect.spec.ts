// An administrator looks at what a run did: values on the cards, the org's own error, the timeline.
import { execFileSync } from 'node:child_process';

import type { Page } from '@playwright/test';

import { connect } from '../support/org.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { administrator, call, signedInAt } from '../support/people.ts';
import { type Server, binary } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'inspect' });

interface Field {
  key: { group?: string; key: string };
  label: string;
  type: object;
}

interface Card {
  key: string;
  inputs: Field[];
  outputs: Field[];
}

test('a failed run shows where, why and in the words of the org', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  const connection = await connect(page, okta, 'aozora');
  const cards = (await (await page.request.get(`${nagare.url}/catalogue/en.json`)).json()) as Card[];
  const find = (key: string): Card => {
    const found = cards.find((card) => card.key === key);
    if (!found) throw new Error(`no card ${key}`);
    return found;
  };
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name: 'Look up', folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  const login = find('okta:readUser').inputs.find((field) => field.key.key === 'ID or Login');
  const empty = { kind: 'empty' };
  const steps = [
    { id: 'start', card: 'control:noop' },
    {
      id: 'read',
      card: 'okta:readUser',
      connection,
      inputs: [{ ...login, binding: { kind: 'constant', value: 'nobody@aozora.example' } }],
      outputs: find('okta:readUser').outputs.slice(0, 2),
    },
    {
      id: 'text',
      card: 'string:compose',
      inputs: find('string:compose').inputs.map((field) => ({ ...field, binding: { ...empty, kind: 'constant', value: 'done' } })),
      outputs: find('string:compose').outputs,
    },
  ];
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps } } });

  await goto(page, `/flows/${row.id}`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: 'Open run' }).click();
  await page.waitForURL(/\/runs\//);

  await expect(page.getByText('Failed at card 2', { exact: true })).toBeVisible();
  const failed = page.getByRole('treeitem', { name: /^Card 2 of 3, Read User/ });
  await expect(failed.getByRole('textbox', { name: 'ID or Login' })).toHaveText('nobody@aozora.example');
  await expect(page.getByRole('treeitem', { name: /^Card 3 of 3, Compose/ })).toContainText('Not reached');
  const details = page.getByRole('complementary', { name: 'What the card did' });
  await expect(details.getByRole('alert')).toContainText('E0000007');
  await expect(details.getByRole('alert')).toContainText('Not found');
  await expect(details.getByRole('row', { name: /404/ })).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'run-failed');

  await details.getByRole('tab', { name: 'Input' }).click();
  await expect(details).toContainText('nobody@aozora.example');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('button', { name: /Compose/ }).click();
  await expect(details).toContainText('The run did not reach this card');
  await page.getByRole('link', { name: 'Open flow' }).click();
  await expect(page).toHaveURL(new RegExp(`/flows/${row.id}\\?run=.*card=read`));
  await expect(page.getByRole('treeitem', { name: /Read User/ })).toBeVisible();
});

test('a call whose answer was lost waits for a person, who knows what became of it', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  const connection = await connect(page, okta, 'lost');
  const text = (group: string, key: string, value: string) => ({
    key: { group, key },
    label: key,
    type: { base: 'text' },
    binding: { kind: 'constant', value },
  });
  const id = { key: { group: 'Results', key: 'ID' }, label: 'ID', type: { base: 'text' } };
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name: 'Welcome', folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  const steps = [
    { id: 'start', card: 'control:noop' },
    {
      id: 'create',
      card: 'okta:createUser',
      connection,
      inputs: [
        text('Profile', 'login', 'mirai@aozora.example'),
        text('Profile', 'email', 'mirai@aozora.example'),
        text('Profile', 'firstName', 'Mirai'),
        text('Profile', 'lastName', 'Asano'),
      ],
      outputs: [id],
    },
    {
      id: 'back',
      card: 'control:return',
      inputs: [
        {
          ...text('', 'made', ''),
          key: { key: 'made' },
          custom: true,
          binding: { kind: 'output', source: { step: 'create', field: id.key } },
        },
      ],
    },
  ];
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps } } });
  await call(page, nagare, 'turn', { request: { id: row.id, on: true } });
  await okta.api('POST', '/sim/faults', {
    method: 'POST',
    path_contains: '/api/v1/users',
    times: 1,
    fault: 'reset',
  });
  const run = await call<string>(page, nagare, 'start_run', { request: { id: row.id } });

  await goto(page, `/runs/${run}`);
  const question = page.getByRole('region', { name: 'What became of the call?' });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'run-unknown');
  // By keyboard alone.
  const made = question.getByRole('textbox', { name: 'ID' });
  await made.focus();
  await page.keyboard.type('00u-from-the-org');
  await page.keyboard.press('Tab');
  await expect(question.getByRole('button', { name: 'It took effect: go on' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(page.getByText('Succeeded').first()).toBeVisible();
  const ended = await call<{ returned: { made: string } }>(page, nagare, 'open_run', { id: run });
  expect(ended.returned.made).toBe('00u-from-the-org');
});

interface Saved {
  id: string;
}

async function flowOf(page: Page, nagare: Server, name: string, steps: object[]): Promise<string> {
  const row = await call<Saved>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps } } });
  await call(page, nagare, 'turn', { request: { id: row.id, on: true } });
  return row.id;
}

const field = (key: string, binding: object, more: object = {}) => ({
  key: { key },
  label: key,
  type: { base: 'text' },
  binding,
  ...more,
});
const output = (key: string) => ({ key: { key }, label: key, type: { base: 'text' }, custom: true });
const from = (step: string, key: string) => ({ kind: 'output', source: { step, field: { key } } });
const constant = (value: unknown) => ({ kind: 'constant', value });

/** A loop over these items, whose helper fails for `bad` and makes the others capital letters. */
async function looped(page: Page, nagare: Server, items: string[]): Promise<string> {
  const one = await flowOf(page, nagare, 'One of them', [
    { id: 'start', card: 'control:callable', outputs: [output('item')] },
    {
      id: 'check',
      card: 'control:throwIf',
      inputs: [
        field('left-operand', from('start', 'item')),
        field('operator', constant('=='), { choices: ['=='] }),
        field('right-operand', constant('bad')),
        field('message', constant('This one is bad.')),
      ],
    },
    { id: 'up', card: 'string:toUpperCase', inputs: [field('string', from('start', 'item'))], outputs: [output('output')] },
    { id: 'end', card: 'control:return', inputs: [field('password', from('up', 'output'), { custom: true })] },
  ]);
  const all = await flowOf(page, nagare, 'All of them', [
    { id: 'start', card: 'control:noop' },
    {
      id: 'each',
      card: 'list:asyncEach',
      inputs: [
        field('list', constant(items), { type: { base: 'text', list: true } }),
        field('flo', constant(one), { type: { base: 'flow' } }),
        field('concurrency', constant(4), { type: { base: 'number' } }),
        field('item', { kind: 'item' }, { custom: true, arg: true }),
      ],
    },
  ]);
  const run = await call<string>(page, nagare, 'start_run', { request: { id: all } });
  await expect
    .poll(async () => (await call<{ row: { status: string } }>(page, nagare, 'open_run', { id: run })).row.status)
    .toBe('succeeded');
  return run;
}

test('passes of a loop are walked, values traced back and masked ones shown', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const items = Array.from({ length: 120 }, (_, at) => (at === 4 || at === 110 ? 'bad' : `花子 ada ${at + 1}`));
  const run = await looped(page, nagare, items);
  await goto(page, `/runs/${run}?card=each`);
  await page.getByRole('tab', { name: 'Passes' }).click();
  const walker = page.getByRole('group', { name: 'Passes' });
  const number = walker.getByRole('spinbutton', { name: 'Number of the pass' });
  // It begins where something went wrong.
  await expect(number).toHaveValue('5');
  await expect(walker).toContainText('of 120');
  await expect(page.getByText('This one is bad.').first()).toBeVisible();
  await walker.getByRole('button', { name: 'Next failed pass' }).press('Enter');
  await expect(number).toHaveValue('111');
  await number.fill('42');
  await number.press('Enter');
  const cards = page.getByRole('list', { name: 'Cards of this pass' });
  const up = cards.getByRole('button', { name: /To Upper Case/ });
  await up.press('Enter');
  await expect(cards).toContainText('花子 ADA 42');
  // What is open stays open, and the canvas has keys of its own.
  await page.getByRole('treeitem', { name: /^Card 2 of 2/ }).focus();
  await page.keyboard.press('PageDown');
  await expect(number).toHaveValue('43');
  await expect(cards).toContainText('花子 ADA 43');
  await page.keyboard.press('Shift+PageDown');
  await expect(number).toHaveValue('120');
  await expect(walker.getByRole('button', { name: 'Next pass' })).toBeDisabled();
  await expectAccessible(page);
  await shots(page, 'run-passes');

  await page.getByRole('link', { name: 'Open this pass' }).click();
  await expect(page.getByRole('treeitem', { name: /^Card 4 of 4, Return/ })).toBeVisible();
  const facts = page.getByRole('group', { name: 'Passes' });
  await expect(facts.getByRole('spinbutton')).toHaveValue('120');
  const upper = page.getByRole('treeitem', { name: /To Upper Case/ });
  await upper.getByText('花子 ADA 120', { exact: true }).click({ modifiers: ['Alt'] });
  const way = page.getByRole('list', { name: 'Origin' }).getByRole('listitem');
  await expect(way).toHaveCount(5);
  await expect(way.first()).toContainText('花子 ADA 120');
  await expect(way.last()).toContainText('typed into the card');
  await expect(way.last()).toContainText('in All of them');
  // What the pointer is over lets the rest step back.
  await page.mouse.move(2, 2);
  await expect(page.locator('.card.faded')).toHaveCount(0);
  await expectAccessible(page);
  await shots(page, 'run-origin');

  // A password is masked, and who looks at it is written down.
  await page.getByRole('treeitem', { name: /^Card 4 of 4, Return/ }).focus();
  const details = page.getByRole('complementary', { name: 'What the card did' });
  await expect(details).toContainText('••••');
  await details.getByRole('button', { name: 'Show', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Show the masked value of password?' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Show the value' }).press('Enter');
  await expect(details).toContainText('花子 ADA 120');

  await way.last().getByRole('button').press('Enter');
  await expect(page).toHaveURL(new RegExp(`/runs/${run}\\?card=each`));
});

test('who may only read sees the flow and nothing to change it with', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  const id = await flowOf(page, nagare, 'To be read', [
    { id: 'start', card: 'control:noop' },
    { id: 'up', card: 'string:toUpperCase', inputs: [field('string', constant('読むだけ'))], outputs: [output('output')] },
  ]);
  const made = ['user', 'create', '--login', 'yuki', '--name', 'Yuki', '--role', 'auditor', '--data', nagare.data];
  execFileSync(binary, made, { input: administrator.password });
  await page.context().clearCookies();
  const form = { login: 'yuki', password: administrator.password };
  const answer = await page.request.post(`${nagare.url}/rpc/sign_in`, {
    form,
    headers: { Origin: nagare.url, Accept: 'application/json' },
  });
  expect(answer.ok()).toBe(true);
  await goto(page, `/flows/${id}`);
  await expect(page.getByText('You can look at this flow and not change it.')).toBeVisible();
  const card = page.getByRole('treeitem', { name: /To Upper Case/ });
  await expect(card).toBeVisible();
  for (const name of ['Undo', 'Run', 'Save version']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
  }
  await expect(page.getByRole('button', { name: /^Add / })).toHaveCount(0);
  await expect(page.getByRole('complementary', { name: 'Cards' })).toBeHidden();
  await card.focus();
  await page.keyboard.press('Delete');
  await page.keyboard.press('a');
  await expect(card).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectAccessible(page);
  await shots(page, 'read-only');

  await goto(page, '/flows');
  await expect(page.getByRole('link', { name: 'To be read', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New flow' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New folder' })).toHaveCount(0);
  await expect(page.getByRole('switch', { name: /To be read/ })).toBeDisabled();
  await page.getByRole('row', { name: /To be read/ }).getByRole('button').click();
  await expect(page.getByRole('menuitem')).toHaveText(['See runs', 'Export']);
});
