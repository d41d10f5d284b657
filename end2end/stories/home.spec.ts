// Home: the first steps of a new server, then what needs somebody, walked by keys and put away with a reason.
import { expectAccessible, follow, goto, shots } from '../support/page.ts';
import { connect } from '../support/org.ts';
import { call, signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'home' });

interface Installed {
  flows: { id: string }[];
}

test('a new server is set up in five steps, in either language', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/');
  await expect(page.getByRole('heading', { name: 'Make your first flow' })).toBeVisible();
  await page.getByRole('button', { name: 'Test the public address' }).click();
  await expect(page.getByText('It answers, but only on this machine')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start with the simulated org' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Log of new people' })).toBeVisible();
  await shots(page, 'first-steps');
  await expectAccessible(page);
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { name: '最初のフローを作成' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Make your first flow' })).toBeVisible();
});

test('what failed is listed by cause, put away and comes back when it changes', async ({ page, nagare, okta }) => {
  await signedInAt(page, nagare, '/connections');
  const connection = await connect(page, okta, 'aozora');
  const made = await call<Installed>(page, nagare, 'install_template', {
    id: 'unlock-desk',
    request: { language: 'en', connections: { okta: connection } },
  });
  const flow = made.flows[0]?.id ?? '';
  await call(page, nagare, 'turn', { request: { id: flow, on: true } });
  const run = () => call(page, nagare, 'start_run', { request: { id: flow, inputs: { Login: 'nobody' } } });
  // There is no such person.
  await run();
  await run();
  await goto(page, '/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const row = attention.getByRole('listitem').filter({ hasText: 'Unlock an account' });
  await expect(row).toContainText('2 runs failed since');
  await expect(row.getByRole('link', { name: /Open/ })).toBeVisible();

  // The chart is walked by keys and can be a table.
  await page.getByRole('group', { name: 'Runs by hour' }).focus();
  await page.keyboard.press('End');
  await expect(page.locator('.tip')).toContainText('Failed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('columnheader', { name: 'Waited' })).toBeVisible();
  await shots(page, 'home');
  await expectAccessible(page);

  await row.getByRole('button', { name: /Put away/ }).click();
  const dialog = page.getByRole('dialog', { name: /Put Unlock an account away/ });
  await dialog.getByLabel('Why nobody has to look').fill('Known, solved on Monday');
  await dialog.getByRole('button', { name: 'Put away' }).click();
  await expect(row).toBeHidden();
  await expect(attention.getByText('1 put away')).toBeVisible();
  await run();
  await expect(row).toContainText('3 runs failed since');

  await page.getByRole('button', { name: '7 d' }).click();
  await expect(page).toHaveURL(/span=7d/);
  await expect(page.getByRole('heading', { name: 'Runs by 6 hours' })).toBeVisible();

  // A page may go while its chart, or the button of a menu, has the focus.
  await page.getByRole('group', { name: 'Runs by 6 hours' }).focus();
  await follow(page, '/flows');
  await page.getByRole('button', { name: 'More about Unlock an account' }).focus();
  await follow(page, '/tables');
  await expect(page.getByRole('heading', { name: 'Tables', exact: true })).toBeVisible();
});
