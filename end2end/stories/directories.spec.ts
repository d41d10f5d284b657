// An administrator brings the people of a real Active Directory domain into the org: connects, chooses units, looks at the mapping
// with somebody she knows, plans, approves, reads the report; the safeguard stops what would take too many away.
import { Controller } from '../support/controller.ts';
import { connect } from '../support/org.ts';
import { expectAccessible, goto, hydrated, shots } from '../support/page.ts';
import { call, signIn, signedInAt } from '../support/people.ts';
import { expect, test as base } from '../support/test.ts';

const DOMAIN = 'DC=corp,DC=example,DC=test';
const STAFF = `OU=Staff,${DOMAIN}`;
/** The safeguard looks at directories with more users than 100. */
const USERS = 104;

const test = base.extend<object, { controller: Controller | string }>({
  controller: [
    async ({}, use) => {
      const controller = await Controller.start();
      if (typeof controller !== 'string') await controller.change(beginning());
      await use(controller);
      if (typeof controller !== 'string') await controller.dispose();
    },
    { scope: 'worker', timeout: 360_000 },
  ],
});
test.use({ world: 'directories' });
test.describe.configure({ mode: 'serial' });

let directory = '';

function beginning(): string {
  const unit = (name: string, inside = DOMAIN) =>
    `dn: OU=${name},${inside}\nchangetype: add\nobjectClass: organizationalUnit\nou: ${name}\n\n`;
  const people = Array.from({ length: USERS }, (_, index) => {
    const more = index === 0 ? 'displayName:: 5bGx55SwIOiKseWtkA==\nmail: hanako@example.test\ntitle: Lead\n' : '';
    return (
      `dn: CN=Person ${index},${STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: person${index}\n` +
      `userPrincipalName: person${index}@corp.example.test\ngivenName: First${index}\nsn: Last${index}\n` +
      `userAccountControl: 544\n${more}\n`
    );
  });
  const nameless =
    `dn: CN=Nameless,${STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: nameless\n` +
    'userPrincipalName: nameless@corp.example.test\ngivenName: N\nuserAccountControl: 544\n\n';
  return unit('Staff') + unit('Osaka', STAFF) + unit('Elsewhere') + people.join('') + nameless;
}

/** The controller; without one the story is skipped, and loudly. */
function running(controller: Controller | string): Controller {
  if (typeof controller === 'string') {
    console.warn(`\nNOT TESTED against a domain controller: ${controller}.\n`);
    test.info().skip(true, controller);
    throw new Error('skipped');
  }
  return controller;
}

test('a directory is connected and answers', async ({ page, nagare, okta, controller, complaints }) => {
  const { announced } = running(controller);
  complaints.allow(/422|502/);
  await signIn(page, nagare);
  await connect(page, okta, 'aozora');
  await goto(page, '/directories');
  await expect(page.getByText('Active Directory domains belong here')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'directories-empty');
  await page.getByRole('link', { name: 'Add directory' }).click();

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('corp.example.test');
  await page.getByLabel('Host').fill(announced.host);
  await page.getByLabel('Port').fill('many');
  await expect(page.getByText('A port is a number from 1 to 65535.')).toBeVisible();
  await page.getByLabel('Port').fill(String(announced.port));
  await page.getByLabel('Certificate of the authority (PEM)').fill(announced.authority);
  await page.getByLabel('Account').fill(announced.account);
  await page.getByLabel('Password').fill('wrong');
  await expectAccessible(page);
  await shots(page, 'directory-new');
  await page.getByRole('button', { name: 'Add and test' }).click();
  await expect(page.getByRole('alert')).toContainText('The directory could not be read');
  directory = new URL(page.url()).pathname.replace('/directories/', '');

  await page.getByRole('button', { name: 'Edit connection' }).click();
  await expect(page.getByText('Empty keeps the stored password.')).toBeVisible();
  await page.getByLabel('Password').fill(announced.password);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The directory was saved')).toBeVisible();
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText(/\d+ users can be read/)).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'directory-overview');

  // The stored password goes nowhere else.
  await page.getByRole('button', { name: 'Edit connection' }).click();
  await page.getByLabel('Host').fill('elsewhere.example');
  await expect(page.getByText('Type it again.')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('units are chosen with the keyboard, and the rules are saved', async ({ page, nagare, controller, complaints }) => {
  running(controller);
  complaints.allow(/409/);
  await signedInAt(page, nagare, `/directories/${directory}/rules`);
  const tree = page.getByRole('tree', { name: 'Units' });
  const domain = tree.getByRole('treeitem', { name: 'The whole domain' });
  await expect(domain).toHaveAttribute('aria-checked', 'true');
  await domain.focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('nobody would be imported')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save rules' })).toBeDisabled();
  await page.keyboard.press('s');
  const staff = tree.getByRole('treeitem', { name: 'Staff' });
  await expect(staff).toBeFocused();
  await page.keyboard.press('Space');
  await expect(staff).toHaveAttribute('aria-checked', 'true');
  await expect(domain).toHaveAttribute('aria-checked', 'mixed');
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: 'Osaka' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(staff).toHaveAttribute('aria-checked', 'false');
  await expect(page.getByText('Staff is no longer selected as a whole')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await expect(page.getByText('1 unit selected')).toBeVisible();

  await page.getByLabel('Create new users').check();
  await page.getByLabel('Link exact matches').check();
  await page.getByLabel('Most users of this directory, in percent').fill('half');
  await expect(page.getByText('A share is a whole number')).toBeVisible();
  await page.getByLabel('Most users of this directory, in percent').fill('20');
  // Sessions need an identity source of the org.
  const source = page.getByLabel('Identity source', { exact: true });
  await page.getByLabel('Sessions of a custom identity source').check();
  await expect(page.getByText('Choose an identity source, or import with single calls.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save rules' })).toBeDisabled();
  await source.selectOption('HR feed');
  await expect(page.getByRole('button', { name: 'Save rules' })).toBeEnabled();
  await page.getByLabel('Read users again when they sign in').check();
  await expectAccessible(page);
  await shots(page, 'directory-rules');

  // Whoever leaves is asked.
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Stay here' }).click();
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByText('The rules were saved')).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByText('1 unit selected')).toBeVisible();
  await expect(page.getByLabel('Read users again when they sign in')).toBeChecked();
  await expect(source).toContainText('HR feed');
  await page.getByLabel('A call for each user').check();
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByText('The rules were saved')).toBeVisible();
});

test('the mapping is looked at with a person, edited, and put back', async ({ page, nagare, controller, complaints }) => {
  running(controller);
  complaints.allow(/409/);
  await signedInAt(page, nagare, `/directories/${directory}/mapping`);
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: false }) });
  await expect(page.getByRole('group', { name: 'Show' }).getByText('All 32')).toBeVisible();
  const who = page.getByRole('combobox', { name: 'Preview with' });
  await who.click();
  await who.fill('person0');
  await page.getByRole('option', { name: /person0@corp/ }).click();
  await expect(row('displayName').getByText('山田 花子').first()).toBeVisible();
  await expect(page.getByText('Would come to the org')).toBeVisible();
  await expect(row('co').getByText('Okta has no attribute “co”').first()).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'directory-mapping');

  await page.getByRole('button', { name: 'sAMAccountName', exact: true }).click();
  const expression = page.getByLabel('Expression · Okta to AD');
  await expect(expression).toHaveValue('substringBefore(user.login, "@")');
  await expression.fill('substringBefore(user.login');
  await expect(page.getByText(/Character \d+:/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save mapping' })).toBeDisabled();
  await shots(page, 'directory-mapping-wrong');
  await page.getByRole('button', { name: 'Put the row back' }).click();
  await expect(expression).toHaveValue('substringBefore(user.login, "@")');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(expression).toHaveValue('substringBefore(user.login');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(expression).toHaveValue('substringBefore(user.login, "@")');

  // The row on a few people, then on everybody of the org: it suits all, and with another expression nobody.
  await page.getByRole('button', { name: 'Try on five' }).click();
  await expect(page.getByRole('heading', { name: 'Tried on 5 people' })).toBeVisible();
  await page.getByRole('button', { name: 'Try on everybody' }).click();
  await expect(page.getByText(/^Tried on all \d+ people$/)).toBeVisible();
  await expect(page.getByText('The row suits everybody.')).toBeVisible();
  await expression.fill('String.substring(user.login, 0, 500)');
  await expect(page.getByText('The row suits everybody.')).toBeHidden();
  await page.getByRole('button', { name: 'Try on everybody' }).click();
  await expect(page.getByText(/^It does not suit \d+ people\.$/)).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'directory-mapping-tried');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(expression).toHaveValue('substringBefore(user.login, "@")');

  await page.getByRole('button', { name: 'title', exact: true }).click();
  await page.getByLabel('Expression · AD to Okta').fill('String.toUpperCase(appuser.title)');
  await expect(page.locator('output').first()).toHaveText('LEAD');
  await expect(page.getByText('Changed 1')).toBeVisible();
  await expectAccessible(page);

  // Somebody else changes another row meanwhile: both are kept.
  const mapping = await call<{ rows: { ad: string; to_ad: { is_on: boolean } }[]; revision: number }>(
    page, nagare, 'read_mapping', { id: directory },
  );
  const rows = mapping.rows.map((one) => (one.ad === 'co' ? { ...one, to_ad: { ...one.to_ad, is_on: false } } : one));
  await call(page, nagare, 'save_mapping', { id: directory, request: { revision: mapping.revision, rows } });
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await expect(page.getByRole('alert')).toContainText('They changed co.');
  await page.getByRole('button', { name: 'Put both together' }).click();
  await expect(page.getByText('The mapping was saved')).toBeVisible();
  await expect(page.getByText('Changed 2')).toBeVisible();
});

test('an import is planned, looked through, approved and reported', async ({ page, nagare, okta, controller }) => {
  running(controller);
  await signedInAt(page, nagare, `/directories/${directory}/imports`);
  await expect(page.getByText('No import yet.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Plan import' }).first().click();
  await page.getByRole('menuitem', { name: /Everything/ }).click();
  await expect(page.getByText('Nothing was written yet.')).toBeVisible();
  const counts = page.getByLabel('What the plan would do').first();
  await expect(counts.getByText(String(USERS), { exact: true })).toBeVisible();

  await page.getByRole('button', { name: /Left out/ }).click();
  await expect(page.getByText('A required attribute is missing. Missing: sn')).toBeVisible();
  await page.getByRole('button', { name: /^Create/ }).click();
  await page.getByRole('searchbox', { name: 'Find a name' }).fill('Person 0');
  await page.getByRole('button', { name: 'Details of Person 0' }).click();
  await expect(page.getByText('A disabled account that was never imported')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'LEAD', exact: true })).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'directory-plan');

  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect((await file).suggestedFilename()).toMatch(/^import-.*\.csv$/);

  await page.getByRole('button', { name: 'Approve and import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and import' }).click();
  await expect(page.getByText(/lines were carried out/)).toBeVisible({ timeout: 60_000 });
  const user = await okta.api<{ profile: { title: string } }>('GET', '/api/v1/users/person0@corp.example.test');
  expect(user.profile.title).toBe('LEAD');
  await expectAccessible(page);
  await shots(page, 'directory-report');
});

test('the safeguard stops an import, in Japanese too', async ({ page, nagare, okta, controller }) => {
  const samba = running(controller);
  const gone = Array.from({ length: 30 }, (_, index) => `dn: CN=Person ${index + 40},${STAFF}\nchangetype: delete\n\n`);
  await samba.change(gone.join(''));
  await signedInAt(page, nagare, `/directories/${directory}/imports`);
  await page.getByRole('button', { name: 'Plan import' }).click();
  await page.getByRole('menuitem', { name: /Everything/ }).click();
  await expect(page.getByText('The safeguard stopped this import')).toBeVisible();
  await expect(page.getByText(`30 of ${USERS} users would be taken away`)).toBeVisible();
  const plan = page.url();
  await page.context().addCookies([{ name: 'lang', value: 'ja', url: nagare.url }]);
  await goto(page, plan);
  await expect(page.getByText('セーフガードがこのインポートを停止しました')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'directory-roadblock-ja');
  await goto(page, `/directories/${directory}/mapping`);
  await expect(page.getByRole('combobox', { name: 'プレビュー対象' })).not.toHaveValue('');
  await shots(page, 'directory-mapping-ja');
  await goto(page, `/directories/${directory}/rules`);
  await expect(page.getByText('1 件の OU を選択中')).toBeVisible();
  await shots(page, 'directory-rules-ja');
  await goto(page, plan);
  await page.getByRole('button', { name: 'インポートをキャンセル' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'インポートをキャンセル' }).click();
  await expect(page.getByText('キャンセルされました。')).toBeVisible();
  const users = await okta.api<{ status: string }>('GET', '/api/v1/users/person45@corp.example.test');
  expect(users.status).not.toBe('DEPROVISIONED');
});
