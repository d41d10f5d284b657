// The audit log: who changed what, found by thing and time, opened to see what it was before and after.
import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'audit' });

test('changes are noted, found and opened, in both languages', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/audit');
  await expect(page.getByRole('row', { name: /Set up this server/ })).toBeVisible();
  const flow = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name: 'Noted', folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: flow.id });
  const draft = { ...view.draft, name: 'Noted', steps: [{ id: 'a', card: 'control:noop' }] };
  await call(page, nagare, 'save_draft', { request: { id: flow.id, revision: view.revision, draft } });
  await call(page, nagare, 'delete_flow', { id: flow.id });
  await goto(page, '/audit');
  const rows = page.getByRole('row', { name: /Noted/ });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('Deleted');
  await expect(rows.first()).toContainText('Hanako Yamada');
  await expect(rows.last()).toContainText('Created');
  await shots(page, 'audit-en');

  await rows.first().getByRole('button', { name: 'Before and after: Flow · Deleted' }).press('Enter');
  await expect(page.locator('.audit-json')).toContainText('"name": "Noted"');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Only this thing' }).click();
  await expect(page).toHaveURL(new RegExp(`object=${flow.id}`));
  await expect(page.locator('.audit-table tbody')).toHaveCount(2);
  await page.getByRole('button', { name: 'Only this thing' }).click();
  await page.getByLabel('By thing').selectOption('Person');
  await expect(page).toHaveURL(/kind=person/);
  await expect(page.getByRole('row', { name: /Noted/ })).toHaveCount(0);
  await page.getByLabel('By thing').selectOption('Table');
  await expect(page.getByText('No entry fits these filters.')).toBeVisible();
  await page.getByRole('link', { name: 'Clear all' }).click();

  await page.locator('.person .menu-button').click();
  await page.locator('.person [role=menuitemradio] [lang=ja]').click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: '監査ログ' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Noted/ }).first()).toContainText('削除した');
  await shots(page, 'audit-ja');
});
