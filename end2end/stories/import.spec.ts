// A pack exported from Okta Workflows is imported, turned on, and runs when something happens in the org.
import path from 'node:path';

import { connect } from '../support/org.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'import' });
test.describe.configure({ mode: 'serial' });

const packs = path.resolve(import.meta.dirname, '../packs');
const otherPacks = path.resolve(import.meta.dirname, '../../crates/flopack/tests/it/fixtures');

test('a file that is no pack is refused with what to do', async ({ page, nagare, complaints }) => {
  complaints.allow(/422/);
  await signedInAt(page, nagare, '/flows/import');
  await expectAccessible(page);
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'notes.folder',
    mimeType: 'application/json',
    buffer: Buffer.from('{"type": "notes"}'),
  });
  await expect(page.getByRole('alert')).toContainText('flopack');
});

test('an imported flow is off, is turned on, and runs on the next event', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  await connect(page, okta, 'aozora');

  await goto(page, '/flows/import');
  await page.getByLabel('Choose a file').setInputFiles(path.join(packs, 'suspend-new-users.flopack'));
  await expect(page.getByText('All cards run here')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Next: assign' }).click();
  await expect(page.getByText('1 of 1 assigned')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'import-assign');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: '1 flow was imported' })).toBeVisible();

  await page.getByRole('link', { name: 'See flows' }).click();
  const toggle = page.getByRole('switch', { name: 'Flow Suspend new users is on' });
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(toggle).toBeChecked();

  await goto(page, '/runs');
  await expect(page.getByText('Runs belong here')).toBeVisible();
  const profile = {
    firstName: 'Aoi',
    lastName: 'Mori',
    email: 'aoi.story@aozora.example',
    login: 'aoi.story@aozora.example',
  };
  const credentials = { password: { value: 'Green-Hill-2026' } };
  const user = await okta.api<{ id: string }>('POST', '/api/v1/users?activate=true', { profile, credentials });
  await expect(page.getByRole('link', { name: 'Suspend new users', exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('row', { name: /Succeeded Suspend new users .*Event/ })).toBeVisible();
  const now = await okta.api<{ status: string }>('GET', `/api/v1/users/${user.id}`);
  expect(now.status).toBe('SUSPENDED');
});

test('cards of other products are kept and marked', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows/import');
  await page.getByLabel('Choose a file').setInputFiles(path.join(otherPacks, 'plain.flopack'));
  await expect(page.getByText('1 card does not run here')).toBeVisible();
  await page.getByRole('button', { name: 'Next: assign' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'See flows' }).click();
  await expect(page.getByRole('link', { name: /problem/ })).toBeVisible();
});
