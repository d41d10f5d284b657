// A team sorts its flows: a tree of folders by mouse and keyboard, many flows at once, a folder that goes with its flows.
import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signedInAt, signIn } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'folders' });

interface Made {
  id: string;
}

test('folders are made, nested, moved and walked by keys', async ({ page, nagare }) => {
  await signedInAt(page, nagare, '/flows');
  await expect(page.getByRole('heading', { name: 'Three ways to begin' })).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Folders' });
  for (const name of ['Joiners', 'Leavers']) {
    await page.getByRole('button', { name: 'New folder' }).click();
    const making = page.getByRole('dialog', { name: 'Make a folder' });
    await making.getByLabel('Name of the folder').fill(name);
    await making.getByRole('button', { name: 'Create' }).click();
    await expect(tree.getByRole('treeitem', { name: new RegExp(name) })).toBeVisible();
  }
  await tree.getByRole('treeitem', { name: /Joiners/ }).hover();
  await page.getByRole('button', { name: 'Actions for the folder Joiners' }).click();
  await page.getByRole('menuitem', { name: 'New subfolder' }).click();
  await page.getByLabel('Name of the folder').fill('東京オフィス');
  await page.getByLabel('Description').fill('People who begin in Tokyo');
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  const tokyo = tree.getByRole('treeitem', { name: /東京オフィス/ });
  await expect(tokyo).toHaveAttribute('aria-level', '2');

  // By keyboard: down to Joiners, close it, open it, into it, and out again.
  await tree.getByRole('treeitem', { name: /All flows/ }).focus();
  await page.keyboard.press('ArrowDown');
  const joiners = tree.getByRole('treeitem', { name: /Joiners/ });
  await expect(joiners).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tokyo).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tokyo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/folder=/);
  await expect(page.getByText('People who begin in Tokyo')).toBeVisible();

  // A folder goes where the menu says, not into itself, and comes back.
  await joiners.focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Move to…' }).click();
  const moving = page.getByRole('dialog', { name: 'Where shall Joiners go?' });
  await expect(moving.getByRole('radio', { name: /東京オフィス/ })).toBeDisabled();
  await moving.getByRole('radio', { name: /Leavers/ }).check();
  await moving.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(joiners).toHaveAttribute('aria-level', '2');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(joiners).toHaveAttribute('aria-level', '1');
  await shots(page, 'folders');
  await expectAccessible(page);
});

test('flows are dragged, worked on together and go with their folder', async ({ page, nagare, complaints }) => {
  await signIn(page, nagare);
  const home = await call<Made>(page, nagare, 'create_folder', { request: { name: 'Archive' } });
  for (let number = 1; number <= 12; number += 1) {
    await call(page, nagare, 'create_flow', { request: { name: `Review ${String(number).padStart(2, '0')}` } });
  }
  await goto(page, '/flows');
  const archive = page.getByRole('treeitem', { name: /Archive/ });
  await page.getByRole('row', { name: /Review 01/ }).dragTo(archive);
  await expect(archive).toContainText('1');

  await page.getByRole('checkbox', { name: 'Pick out Review 02' }).check();
  await page.getByRole('checkbox', { name: 'Pick out Review 03' }).check();
  const bar = page.getByRole('toolbar');
  await expect(bar).toContainText('2 picked out');
  await bar.getByRole('button', { name: 'Move to…' }).click();
  const moving = page.getByRole('dialog', { name: 'Where shall 2 flows go?' });
  await moving.getByRole('radio', { name: /Archive/ }).check();
  await moving.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(archive).toContainText('3');

  // An empty flow has a problem: it stays off, and the row says why.
  complaints.allow(/422/);
  await page.getByRole('switch', { name: 'Flow Review 04 is on' }).click();
  const stuck = page.getByRole('dialog', { name: 'Review 04 cannot be turned on yet' });
  await expect(stuck.getByRole('link', { name: 'Open and solve' })).toBeVisible();
  await stuck.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('searchbox', { name: 'Search flows' }).fill('review 1');
  await expect(page.getByText('4 of 12 flows')).toBeVisible();
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(page.getByRole('row').nth(1)).toContainText('Review 12');
  await page.getByRole('button', { name: /Remove the filter/ }).click();
  await expect(page.getByText('12 of 12 flows')).toBeVisible();

  await archive.hover();
  await page.getByRole('button', { name: 'Actions for the folder Archive' }).click();
  await page.getByRole('menuitem', { name: 'Delete folder' }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete the folder Archive?' });
  await expect(deleting.getByText('3 flows are deleted.')).toBeVisible();
  await expect(deleting.getByRole('button', { name: 'Delete folder' })).toBeDisabled();
  await deleting.getByLabel('Type Archive to delete it').fill('Archive');
  await deleting.getByRole('button', { name: 'Delete folder' }).click();
  await expect(archive).toBeHidden();
  await expect(page.getByText('9 of 9 flows')).toBeVisible();
  expect(home.id).not.toBe('');
});

test('a thousand flows in three hundred folders stay usable', async ({ page, nagare }) => {
  await signIn(page, nagare);
  const folders: string[] = [];
  for (let number = 0; number < 60; number += 1) {
    const made = await call<Made>(page, nagare, 'create_folder', { request: { name: `Team ${number}` } });
    folders.push(made.id);
  }
  for (let number = 0; number < 240; number += 1) {
    const folder = folders[number % folders.length];
    await call(page, nagare, 'create_flow', { request: { name: `Bulk ${String(number).padStart(3, '0')}`, folder } });
  }
  await goto(page, '/flows?q=bulk');
  await expect(page.getByText(/240 of \d+ flows/)).toBeVisible();
  // Only what is seen is drawn; scrolling draws the rest.
  expect(await page.getByRole('row').count()).toBeLessThan(120);
  await page.locator('.flow-table').evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(page.getByRole('link', { name: 'Bulk 239' })).toBeVisible();
});
