// Flows of every kind: on a schedule, delegated to somebody, called from outside; what surprises in a comparison; export.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expectAccessible, goto, shots } from '../support/page.js';
import { call, signedInAt } from '../support/people.js';
import { binary } from '../support/server.js';
import { expect, test } from '../support/test.js';
test.use({ world: 'kinds' });
/** Makes a flow and opens it. */
async function newFlow(page, nagare, name) {
    const row = await call(page, nagare, 'create_flow', { request: { name, folder: null } });
    await goto(page, `/flows/${row.id}`);
    return row.id;
}
function card(page, title) {
    return page.getByRole('treeitem', { name: new RegExp(`^Card \\d+ of \\d+, ${title},`) });
}
/** Adds a card from the palette. */
async function add(page, name) {
    const palette = page.getByRole('complementary', { name: 'Palette' });
    await palette.getByLabel('Search cards').fill(name);
    await palette.getByRole('button', { name, exact: true }).first().click();
    await expect(card(page, name)).toBeVisible();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    if (!(await inspector.isVisible()))
        await card(page, name).press('i');
    await expect(inspector).toBeVisible();
}
test('a schedule is filled in as words, and shows what comes of it', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/flows');
    await newFlow(page, nagare, 'Nightly');
    await add(page, 'Scheduled Flow');
    await page.getByLabel('Time zone').fill('Europe/Paris');
    await page.getByLabel('Time zone').press('Enter');
    await expect(page.getByText('In Europe/Paris')).toBeVisible();
    await page.getByLabel('Unit').selectOption('week');
    await page.getByLabel('Fri', { exact: true }).check();
    await page.getByLabel('If the last run is still going').selectOption('queue');
    const rows = page.locator('.next-runs-table tbody tr');
    await expect(rows).toHaveCount(5);
    await expect(rows.first()).toContainText('09:00');
    await expectAccessible(page);
    await shots(page, 'schedule');
    await page.getByLabel('Time zone').fill('Mars/Base');
    await page.getByLabel('Time zone').press('Enter');
    await expect(page.getByRole('alert')).toContainText('no such time zone');
});
test('a delegated flow is granted to somebody who sees nothing else', async ({ page, nagare, browser }) => {
    await signedInAt(page, nagare, '/flows');
    const made = ['user', 'create', '--login', 'kenji', '--name', 'Kenji', '--role', 'member', '--data', nagare.data];
    execFileSync(binary, made, { input: 'a long enough password' });
    await newFlow(page, nagare, 'Reset a laptop');
    await add(page, 'Delegated Flow');
    const start = card(page, 'Delegated Flow');
    await start.getByRole('button', { name: 'Add output' }).click();
    await start.getByLabel('Field name').fill('Serial number');
    await start.getByLabel('Field name').press('Enter');
    await page.getByRole('checkbox', { name: 'Serial number' }).first().check();
    await page.getByRole('checkbox', { name: /Kenji/ }).check();
    await page.getByRole('switch', { name: 'Flow is on' }).click();
    await expect(page.getByText('Flow is ON')).toBeVisible();
    await shots(page, 'delegates');
    const theirs = await browser.newContext();
    const kenji = await theirs.newPage();
    await kenji.goto(`${nagare.url}/sign-in`);
    await kenji.getByLabel('Login').fill('kenji');
    await kenji.getByLabel('Password').fill('a long enough password');
    await kenji.getByRole('button', { name: 'Sign in' }).click();
    await kenji.waitForURL('**/delegated');
    await expect(kenji.locator('html[data-hydrated]')).toBeAttached();
    await expect(kenji.getByRole('link', { name: 'Flows', exact: true })).toHaveCount(0);
    await expectAccessible(kenji);
    await kenji.getByLabel(/Serial number/).fill('花-1');
    await kenji.getByRole('button', { name: 'Run flow' }).click();
    await expect(kenji.getByText('The flow has ended.')).toBeVisible();
    await shots(kenji, 'delegated');
    await theirs.close();
});
test('a comparison of text with a number is told at its field and repaired by a click', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/flows');
    const row = await call(page, nagare, 'create_flow', { request: { name: 'Compare' } });
    const view = await call(page, nagare, 'open_flow', { id: row.id });
    const any = { base: 'any' };
    const steps = [
        { id: 'start', card: 'control:callable', outputs: [{ key: { key: 'size' }, label: 'size', type: { base: 'text' }, custom: true }] },
        {
            id: 'check',
            card: 'control:continueIf',
            inputs: [
                {
                    key: { key: 'left-operand' }, label: 'value a', type: any,
                    binding: { kind: 'output', source: { step: 'start', field: { key: 'size' } } },
                },
                { key: { key: 'operator' }, label: 'comparison', type: { base: 'text' }, required: true, binding: { kind: 'constant', value: '>' } },
                { key: { key: 'right-operand' }, label: 'value b', type: any, binding: { kind: 'constant', value: 30 } },
            ],
        },
    ];
    const draft = { id: row.id, name: 'Compare', saves_data: true, steps };
    await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft } });
    await goto(page, `/flows/${row.id}?card=check`);
    const warning = card(page, 'Continue If').getByRole('button', { name: /compared as texts.*Compare as numbers/ });
    await expect(warning).toBeVisible();
    await shots(page, 'comparison');
    await warning.click();
    await expect(warning).toHaveCount(0);
    await expect(page.getByText('No problems')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(warning).toBeVisible();
});
test('a flow is saved as a pack', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/flows');
    await newFlow(page, nagare, 'To go');
    await add(page, 'Scheduled Flow');
    await expect(page.getByText('Draft · saved')).toBeVisible();
    await goto(page, '/flows');
    await page.getByRole('button', { name: 'More about To go' }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe('to_go.flopack');
    const pack = JSON.parse(await readFile(await file.path(), 'utf8'));
    expect(pack.type).toBe('flopack');
    const flow = Object.values(pack.data.flos)[0];
    expect(flow.data.scheduled).toBe(true);
});
