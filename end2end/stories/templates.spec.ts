// Somebody looks for a finished flow, installs it with a connection, and it is there.
import { expectAccessible, goto, shots } from '../support/page.ts';
import { signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'templates' });

test('a template is found, looked at, installed and opens with a coach mark', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/templates');
  const entries = page.locator('.gallery > li');
  expect(await entries.count()).toBeGreaterThanOrEqual(12);
  await page.getByRole('button', { name: 'Security' }).click();
  await expect(page.getByRole('link', { name: 'Alert on MFA reset' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Log of new people' })).toBeHidden();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('nothing like it');
  await expect(page.getByText('No template is about “nothing like it”.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all templates' }).click();
  await shots(page, 'templates');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Membership for some days' }).click();
  await expect(page.getByRole('img', { name: /Picture of the flow Look for what is over/ })).toBeVisible();
  await expect(page.getByText('okta.groups.manage')).toBeVisible();
  await shots(page, 'template');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Install' }).click();
  await expect(page.getByRole('heading', { name: 'Grant for some days' })).toBeVisible();
  const coach = page.getByRole('region', { name: 'Your first flow' });
  await expect(coach).toBeVisible();
  await coach.getByRole('button', { name: 'Got it' }).click();
  await expect(coach).toBeHidden();

  await goto(page, '/flows');
  await expect(page.getByRole('treeitem', { name: /Membership for some days/ })).toBeVisible();
  await goto(page, '/tables');
  await expect(page.getByRole('link', { name: 'Temporary access' })).toBeVisible();
});

test('the gallery and what it installs speak Japanese', async ({ page, context, nagare }) => {
  await context.addCookies([{ name: 'lang', value: 'ja', url: nagare.url }]);
  await signedInAt(page, nagare, '/templates/unlock-desk');
  await expect(page.getByRole('heading', { name: 'サービスデスク向けのロック解除' })).toBeVisible();
  await page.getByRole('button', { name: 'インストール' }).click();
  await expect(page.getByRole('heading', { name: 'アカウントのロックを解除' })).toBeVisible();
});
