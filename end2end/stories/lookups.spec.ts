// What an org offers, while a flow is designed: applications and groups found by name, attributes of its own as fields.
import { type Locator, type Page } from '@playwright/test';

import type { Okta } from '../support/okta.ts';
import { connect } from '../support/org.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'lookups' });
test.describe.configure({ mode: 'serial' });

let flow = '';

async function newFlow(page: Page, nagare: Server, name: string): Promise<string> {
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  await goto(page, `/flows/${row.id}`);
  return row.id;
}

function card(page: Page, title: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`${title}[,、。]`) });
}

async function addCard(page: Page, name: string): Promise<void> {
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog', { name: 'Add card' }).getByLabel('Search cards')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

async function addAttributes(okta: Okta): Promise<void> {
  await okta.api('POST', '/api/v1/meta/schemas/user/default', {
    definitions: {
      custom: {
        id: '#custom',
        type: 'object',
        properties: {
          badge: { title: 'Badge number', type: 'integer' },
          remote: { title: 'Works remotely', type: 'boolean' },
          shift: {
            title: 'Shift',
            type: 'string',
            enum: ['D', 'N'],
            oneOf: [
              { const: 'D', title: 'Day shift' },
              { const: 'N', title: 'Night shift' },
            ],
          },
        },
      },
    },
  });
}

/** Searches in the list that belongs to the focused field, and takes what was found. */
async function choose(page: Page, text: string, name: string): Promise<void> {
  await page.keyboard.type(text);
  const option = page.getByRole('option', { name });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeHidden();
}

test('an application and a group are chosen by keyboard, and an attribute of the org', async ({ page, nagare, okta }) => {
  test.slow();
  await addAttributes(okta);
  await signedInAt(page, nagare, '/connections');
  await connect(page, okta, 'aozora');
  flow = await newFlow(page, nagare, 'Night shift');
  await page.getByRole('button', { name: /^Add event/ }).press('Enter');
  await page.keyboard.type('helper flow');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Helper Flow')).toBeFocused();

  await addCard(page, 'assign group to application');
  const assign = card(page, 'Assign Group to Application');
  await expect(assign).toBeFocused();
  await page.keyboard.press('Enter');
  const application = assign.getByRole('combobox', { name: 'Application' });
  for (let tries = 0; tries < 4 && !(await application.evaluate((it) => it === document.activeElement)); tries++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: 'Salesforce' })).toBeVisible();
  await shots(page, 'lookups-applications');
  await expectAccessible(page);
  await choose(page, 'sales', 'Salesforce');
  await expect(application).toHaveValue('Salesforce');
  await page.keyboard.press('Tab');
  const group = assign.getByRole('combobox', { name: 'ID' });
  await expect(group).toBeFocused();
  await choose(page, 'leader', 'Leadership');
  await expect(group).toHaveValue('Leadership');
  await page.keyboard.press('Escape');
  await expect(assign).toBeFocused();

  await addCard(page, 'update user');
  const update = card(page, 'Update User');
  await expect(update).toBeFocused();
  await update.getByRole('textbox', { name: 'ID' }).fill(okta.login);
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByText('From aozora').first()).toBeVisible();
  for (const name of ['Badge number', 'Shift', 'Works remotely']) {
    await inspector.getByRole('checkbox', { name }).first().press('Space');
  }
  await shots(page, 'lookups-attributes');
  await expectAccessible(page);
  await inspector.getByRole('combobox', { name: 'Shift' }).selectOption({ label: 'Night shift' });
  await inspector.getByRole('switch', { name: 'Works remotely' }).click();
  await inspector.getByRole('textbox', { name: 'Badge number' }).fill('4711');
  await expect(page.getByText('No problems')).toBeVisible();

  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: /^Save a version/ }).getByLabel('Name of the version').press('Enter');
  await expect(page.getByText('Version 1 saved')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('Succeeded').first()).toBeVisible();

  type Named = { id: string; label?: string };
  const [app] = (await okta.api<Named[]>('GET', '/api/v1/apps?q=Salesforce')) ?? [];
  const [leaders] = (await okta.api<Named[]>('GET', '/api/v1/groups?q=Leadership')) ?? [];
  await okta.api('GET', `/api/v1/apps/${app?.id}/groups/${leaders?.id}`);
  const user = await okta.api<{ profile: Record<string, unknown> }>('GET', `/api/v1/users/${okta.login}`);
  expect(user.profile).toMatchObject({ badge: 4711, shift: 'N', remote: true });
});

test('what was chosen is shown by name, and in Japanese too', async ({ page, nagare }) => {
  await signedInAt(page, nagare, `/flows/${flow}`);
  const assign = card(page, 'Assign Group to Application');
  await expect(assign.getByRole('combobox', { name: 'Application' })).toHaveValue('Salesforce');
  await expect(assign.getByRole('combobox', { name: 'ID' })).toHaveValue('Leadership');
  await page.getByRole('button', { name: 'Person, language and theme' }).click();
  await page.getByRole('menuitemradio', { name: '日本語' }).click();
  const japanese = card(page, 'アプリケーションへのグループの割り当て');
  const application = japanese.getByRole('combobox', { name: 'アプリケーション' });
  await application.click();
  await expect(page.getByRole('option', { name: '実行時に指定' })).toBeVisible();
  await application.fill('見当たらない');
  await expect(page.getByText('「見当たらない」に一致するものはありません。')).toBeVisible();
  await application.fill('s');
  await expect(page.getByRole('option', { name: 'Slack' })).toBeVisible();
  await shots(page, 'lookups-applications-ja');
  await page.keyboard.press('Escape');
  await expect(application).toHaveValue('Salesforce');

  await card(page, 'ユーザーの更新').focus();
  await page.keyboard.press('i');
  await expect(page.getByText('aozora の属性').first()).toBeVisible();
  await shots(page, 'lookups-attributes-ja');
  await card(page, 'ユーザーの更新').focus();
  await page.keyboard.press('F1');
  await expect(page.getByRole('link', { name: 'Okta Workflows のヘルプ' })).toBeVisible();
  await shots(page, 'lookups-help-ja');
  await expectAccessible(page);
});

test('an org that does not answer leaves the id to be typed', async ({ page, nagare, okta, complaints }) => {
  complaints.allow(/502/);
  await signedInAt(page, nagare, '/flows');
  await newFlow(page, nagare, 'Without the org');
  await page.getByRole('button', { name: /^Add event/ }).press('Enter');
  await page.keyboard.type('helper flow');
  await page.keyboard.press('Enter');
  await addCard(page, 'read group');
  const read = card(page, 'Read Group');
  await expect(read).toBeFocused();
  await page.keyboard.press('F1');
  await expect(page.getByText('okta:readGroup')).toBeVisible();
  await okta.api('POST', '/sim/faults', { method: 'GET', path_contains: '/api/v1/groups', times: 1000, fault: { status: 503 } });
  const group = read.getByRole('combobox', { name: 'ID' });
  await group.click();
  // What the org said a moment ago is still known; asked again, it does not answer.
  await page.getByRole('button', { name: 'Ask the org again' }).click();
  await expect(page.getByRole('alert')).toContainText('The org does not answer', { timeout: 20_000 });
  await shots(page, 'lookups-refused');
  await okta.api('DELETE', '/sim/faults');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('option', { name: 'Leadership' })).toBeVisible();
  await page.keyboard.type('00gTypedByHand');
  await page.getByRole('option', { name: 'Use “00gTypedByHand” as it is' }).click();
  await expect(group).toHaveValue('00gTypedByHand');
});
