// An administrator connects an org, looks after the connection and deletes it.
import { connect, fillConnection, grantAtOrg } from '../support/org.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'connections' });
test.describe.configure({ mode: 'serial' });

test('what the org refuses is said in a sentence', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  await expect(page.getByText('Connections belong here')).toBeVisible();
  await expectAccessible(page);

  await fillConnection(page, okta, 'denied');
  await grantAtOrg(page, okta, 'Deny');
  await expect(page.getByRole('alert')).toContainText('Access was not granted at the org');

  await fillConnection(page, okta, 'wrong secret', 'not-the-secret');
  await grantAtOrg(page, okta);
  await expect(page.getByRole('alert')).toContainText('does not know this client ID and secret');
  await expectAccessible(page);

  await goto(page, '/connections');
  await expect(page.getByText('Connections belong here')).toBeVisible();
});

test('a connected org shows who authorized it, its scopes, and answers a test', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  await connect(page, okta, 'aozora');
  await expect(page.getByText('Authorized', { exact: true })).toBeVisible();
  await expect(page.getByText(okta.login)).toBeVisible();
  await expect(page.getByRole('cell', { name: 'okta.users.manage' })).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'connection');

  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByRole('status').getByText(/The org answered in \d+ ms/)).toBeVisible();

  await page.getByRole('button', { name: 'Reauthorize' }).click();
  await grantAtOrg(page, okta);
  await expect(page.getByRole('navigation', { name: 'All connections' }).getByRole('listitem')).toHaveCount(1);
});

test('a deleted connection is gone and its tokens are revoked', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/connections');
  await page.getByRole('button', { name: 'Delete connection' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the connection aozora?' });
  await expect(dialog).toContainText('No flow that is on uses it');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Delete connection' }).click();
  await dialog.getByRole('button', { name: 'Delete connection' }).click();
  await expect(page.getByText(/The org confirmed that \d+ tokens? w/)).toBeVisible();
  await expect(page.getByText('Connections belong here')).toBeVisible();
});
