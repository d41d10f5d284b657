// A person keeps a table that flows look things up in.
import { expectAccessible, shots } from '../support/page.ts';
import { signedInAt } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'tables' });

test('a table is made, filled, corrected and emptied', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/tables');
  await page.getByRole('button', { name: 'New table' }).click();
  const making = page.getByRole('dialog', { name: 'Make a table' });
  await making.getByLabel('Name of the table').fill('Temporary groups');
  await making.getByLabel('Name of the column').fill('Group');
  await making.getByRole('button', { name: 'Add column' }).click();
  await making.getByLabel('Name of the column').nth(1).fill('Days');
  await making.getByLabel('Type').nth(1).selectOption('Number');
  await making.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { name: 'Temporary groups' })).toBeVisible();
  await expect(page.getByText('This table has no rows yet')).toBeVisible();

  await page.getByRole('button', { name: 'Add row' }).click();
  const adding = page.getByRole('dialog', { name: 'Add row' });
  await expect(adding.getByLabel('Group')).toBeFocused();
  await page.keyboard.type('Interns');
  await page.keyboard.press('Tab');
  await page.keyboard.type('many');
  await page.keyboard.press('Enter');
  await expect(adding.getByRole('alert')).toContainText('Days takes a number');
  await adding.getByLabel('Days').fill('30');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Interns 30/ })).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'table');

  await page.getByRole('button', { name: 'Edit row' }).click();
  const editing = page.getByRole('dialog', { name: 'Edit row' });
  await expect(editing.getByLabel('Group')).toHaveValue('Interns');
  await editing.getByLabel('Days').fill('7.5');
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Interns 7\.5/ })).toBeVisible();

  await page.getByRole('button', { name: 'Delete row' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete row' }).click();
  await expect(page.getByText('This table has no rows yet')).toBeVisible();
});
