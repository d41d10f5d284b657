// An administrator connects an org, looks after the connection and deletes it.
import { connect, fillConnection, grantAtOrg } from '../support/org.ts';
import { expectAccessible, goto, hydrated, shots } from '../support/page.ts';
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

test('the rate limits of the org are drawn, read as a table, and shared by keyboard', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/connections');
  for (let calls = 0; calls < 3; calls++) {
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByRole('status').getByText(/The org answered in \d+ ms/).first()).toBeVisible();
    await hydrated(page);
  }
  const panel = page.getByRole('region', { name: 'Rate limits' });
  const chart = panel.getByRole('group', { name: 'Rate limits' });
  await expect(chart.getByText(/^Limit [\d,]+ a minute$/)).toBeVisible();
  await expect(chart.getByText(/^\d+ \/ [1-9][\d,]*$/)).toBeVisible();
  await expectAccessible(page);
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chart.getByText(/^This server ?\d+$/)).toBeVisible();
  await shots(page, 'rate-limits-minute');
  await page.keyboard.press('Escape');

  const toTable = panel.getByRole('button', { name: 'Show as table' });
  await toTable.press('Enter');
  const newest = panel.getByRole('table').getByRole('row').nth(1);
  await expect(newest.getByRole('cell').nth(1)).toHaveText(/^[1-9]/);
  await expectAccessible(page);
  await shots(page, 'rate-limits-table');
  await toTable.press('Enter');
  await expect(chart).toBeVisible();

  const share = panel.getByRole('slider', { name: 'Leave to others' });
  await share.focus();
  const before = Number(await share.inputValue());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const left = before + 10;
  await expect(page.getByText(`${left}% of every limit is left to others.`)).toBeVisible();
  await expect(chart.getByText(`(${100 - left}%)`)).toBeVisible();
  await goto(page, '/connections');
  await expect(share).toHaveValue(String(left));
  await expect(chart.getByText(`(${100 - left}%)`)).toBeVisible();
  await shots(page, 'rate-limits');
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
