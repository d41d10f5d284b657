// A person connects a service for HTTP cards, and an administrator allows an address inside.
import { expectAccessible, goto, hydrated, shots } from '../support/page.ts';
import { signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'web' });

test('a service is connected, and tried once its address is allowed', async ({ page, nagare, complaints }) => {
  complaints.allow(/save_allowed_addresses/);
  await signedInAt(page, nagare, '/connections/new?kind=web');
  await page.getByRole('textbox', { name: /^Name/ }).fill('Help desk');
  await page.getByLabel('OAuth 2.0 client credentials').check();
  await expect(page.getByLabel('Token endpoint')).toBeVisible();
  await page.getByLabel('Custom header').check();
  await page.getByLabel('Name of the header').fill('X-Api-Key');
  await page.getByLabel('Value of the header').fill('s3cret');
  await page.getByLabel('Hosts that get the secret').fill('127.0.0.1');
  await page.getByLabel('Address for the test').fill(`${nagare.url}/health`);
  await expectAccessible(page);
  await shots(page, 'web-connection-new');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Help desk' })).toBeVisible();
  await hydrated(page);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText(/is not a public address/).first()).toBeVisible();
  await shots(page, 'web-connection');

  await goto(page, '/settings');
  await page.getByLabel('Allowed besides public addresses').fill('http://wrong');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/is not a host/)).toBeVisible();
  await page.getByLabel('Allowed besides public addresses').fill('127.0.0.0/8');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The list was saved')).toBeVisible();
  await shots(page, 'allowed-addresses');
  await page.getByLabel('日本語').check();
  await goto(page, '/connections');
  await shots(page, 'web-connection-ja');
  await page.getByRole('button', { name: 'テスト' }).click();
  await expect(page.getByText(/200/).first()).toBeVisible();
});
