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
  const row = page.getByRole('row', { name: /Interns 30/ });
  await expect(row).toBeVisible();

  // By keyboard: down to a cell, typing over it, Enter keeps it and Escape does not.
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('7.5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Interns 7\.5/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('99');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /Interns 7\.5/ })).toBeVisible();
  // By mouse.
  await page.getByRole('gridcell', { name: 'Interns' }).dblclick();
  await page.getByRole('textbox', { name: 'Group' }).fill('実習生');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /実習生 7\.5/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('checkbox', { name: 'Pick out row 1' }).click();
  await page.getByRole('button', { name: 'Delete 1 row' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete row' }).click();
  await expect(page.getByText('This table has no rows yet')).toBeVisible();
});

test('a file fills a table, which is sorted, searched and kept free of twins', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/tables');
  await page.getByRole('button', { name: 'New table' }).click();
  const making = page.getByRole('dialog', { name: 'Make a table' });
  await making.getByLabel('Name of the table').fill('People');
  await making.getByLabel('Name of the column').fill('E-mail');
  await making.getByRole('button', { name: 'Add column' }).click();
  await making.getByLabel('Name of the column').nth(1).fill('Age');
  await making.getByLabel('Type').nth(1).selectOption('Number');
  await making.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();

  let csv = 'E-mail,Age\r\n';
  for (let number = 0; number < 2_000; number += 1) csv += `user${number}@例え.jp,${number % 97}\r\n`;
  csv += 'wrong@例え.jp,old\r\n';
  await page.getByRole('button', { name: 'Upload CSV' }).click();
  const upload = page.getByRole('dialog', { name: 'Upload CSV' });
  await upload.getByLabel('File').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await upload.getByRole('button', { name: 'Upload' }).click();
  await expect(upload.getByText('2,000 added, 0 changed')).toBeVisible();
  await expect(upload.getByText('Line 2,002:')).toBeVisible();
  await upload.getByRole('button', { name: 'Close' }).last().click();

  // The last row is fetched when it is scrolled to.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await expect(page.getByRole('row', { name: /user1999@/ })).toBeVisible();
  await page.getByRole('button', { name: /^Age/ }).click();
  await page.getByRole('button', { name: /^Age/ }).click();
  await page.keyboard.press('Control+Home');
  await expect(page.getByRole('columnheader', { name: /Age/ })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const filter = page.getByRole('form', { name: 'Filter' });
  await filter.getByLabel('Name of the column').selectOption('Age');
  await filter.getByLabel('Value').fill('96');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('20 of 2,000 rows')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find in all columns' }).fill('USER96@');
  await expect(page.getByText('1 of 2,000 rows')).toBeVisible();
  await shots(page, 'table');
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const file = await (await download).path();
  const { readFile } = await import('node:fs/promises');
  expect(await readFile(file, 'utf8')).toBe('\ufeffE-mail,Age\r\nuser96@例え.jp,96\r\n');

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Keys' }).click();
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByLabel('E-mail').check();
  await keys.getByRole('button', { name: 'Add key' }).click();
  await expect(keys).toBeHidden();
  await page.getByRole('button', { name: 'Column E-mail' }).click();
  await page.getByRole('menuitem', { name: 'Rename or set default' }).click();
  await page.getByLabel('Name of the column').fill('Mail');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('columnheader', { name: /^Mail/ })).toBeVisible();
});
