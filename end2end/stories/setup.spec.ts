// The first person sets the server up; afterwards people sign in, in their language and theme.
import { expectAccessible, goto, hydrated, shots } from '../support/page.ts';
import { administrator } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'setup' });
test.describe.configure({ mode: 'serial' });

test('a wrong code makes nobody an administrator, the printed one does', async ({ page, nagare, complaints }) => {
  complaints.allow(/401/);
  await goto(page, '/flows');
  await expect(page).toHaveURL(/\/setup$/);
  await expectAccessible(page);

  await page.getByLabel('Set-up code').fill('AAAA-AAAA');
  await page.getByLabel('Name').fill(administrator.name);
  await page.getByLabel('Login').fill(administrator.login);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await expect(page.getByRole('alert')).toBeVisible();

  await page.getByLabel('Set-up code').fill(nagare.setupCode);
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await expect(page.getByRole('heading', { name: 'Make your first flow' })).toBeVisible();
  await expect(page).toHaveURL(`${nagare.url}/`);
  await expectAccessible(page);
  await shots(page, 'first-steps');
});

test('whoever is not signed in sees the sign-in page only', async ({ page, complaints }) => {
  complaints.allow(/401/);
  await goto(page, '/connections');
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);

  await page.getByLabel('Login').fill(administrator.login);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();

  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: 'Person, language and theme' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});

test('language and theme change at once and stay', async ({ page }) => {
  await goto(page, '/sign-in');
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { name: 'Nagare にサインイン' })).toBeVisible();
  await page.getByLabel('ログイン').fill(administrator.login);
  await page.getByLabel('パスワード').fill(administrator.password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await expect(page.getByRole('heading', { name: '最初のフローを作成' })).toBeVisible();

  await page.getByRole('button', { name: 'ユーザー、言語、テーマ' }).press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeFocused();
  await page.getByRole('menuitemradio', { name: 'ダーク' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.reload();
  await hydrated(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('link', { name: 'フロー', exact: true })).toBeVisible();
  await expectAccessible(page);

  await goto(page, '/settings');
  await page.getByLabel('English').check();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
