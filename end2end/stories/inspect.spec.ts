// An administrator looks at what a run did: values on the cards, the org's own error, the timeline.
import { connect } from '../support/org.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
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
