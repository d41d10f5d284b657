// The list of runs: new ones appear by themselves, filters live in the address, each leads to its run.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expectAccessible, goto, shots } from '../support/page.js';
import { call, signedInAt } from '../support/people.js';
import { expect, test } from '../support/test.js';
test.use({ world: 'runs' });
const packs = path.resolve(import.meta.dirname, '../../crates/flopack/tests/it/fixtures');
test('runs appear while one looks, and filters can be sent to somebody', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/runs');
    await expect(page.getByText('Runs belong here')).toBeVisible();
    await expectAccessible(page);
    const pack = await readFile(path.join(packs, 'if.flopack'), 'utf8');
    const { flows } = await call(page, nagare, 'import_pack', {
        pack,
        assignments: { connections: {}, tables: {} },
    });
    const id = flows[0]?.id;
    await call(page, nagare, 'turn', { request: { id, on: true } });
    const run = await call(page, nagare, 'start_run', { request: { id, inputs: {} } });
    const link = page.getByRole('link', { name: 'If', exact: true });
    await expect(link).toBeVisible();
    await expect(link).toHaveAttribute('href', `/runs/${run}`);
    await expect(page.getByRole('row', { name: /By hand/ })).toBeVisible();
    await shots(page, 'runs');
    await page.getByLabel('By status').selectOption('Canceled');
    await expect(page).toHaveURL(/status=canceled/);
    await expect(page.getByText('No run matches these filters')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove filter Status: Canceled' }).click();
    await expect(link).toBeVisible();
    await expect(page).toHaveURL(/\/runs$/);
    await goto(page, `/runs?flow=${id}`);
    await expect(page.getByRole('button', { name: 'Remove filter Flow: If' })).toBeVisible();
    await expect(link).toBeVisible();
    await goto(page, '/');
    await expect(page.getByRole('heading', { name: 'Busiest flows' })).toBeVisible();
    await expectAccessible(page);
});
test('a run that takes too long is canceled by keyboard', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/');
    const row = await call(page, nagare, 'create_flow', { request: { name: 'Patient', folder: null } });
    const view = await call(page, nagare, 'open_flow', { id: row.id });
    const input = (key, base, value) => ({
        key: { key },
        label: key,
        type: { base },
        binding: { kind: 'constant', value },
    });
    const steps = [
        { id: 'start', card: 'control:noop' },
        {
            id: 'wait',
            card: 'control:wait',
            inputs: [input('delay', 'number', 20), input('unit', 'text', 'day')],
        },
    ];
    await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps } } });
    await call(page, nagare, 'turn', { request: { id: row.id, on: true } });
    const run = await call(page, nagare, 'start_run', { request: { id: row.id, inputs: {} } });
    await goto(page, `/runs/${run}`);
    const cancel = page.getByRole('button', { name: 'Cancel run', exact: true });
    await cancel.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Cancel this run?' });
    await expect(dialog).toContainText('What it has done stays done');
    await expectAccessible(page);
    await shots(page, 'cancel-run');
    await dialog.getByRole('button', { name: 'Let it run' }).press('Enter');
    await expect(dialog).toBeHidden();
    await cancel.press('Enter');
    await dialog.getByRole('button', { name: 'Cancel run' }).press('Enter');
    await expect(page.getByText('Canceled', { exact: true })).toBeVisible();
    await expect(cancel).toBeHidden();
    await expect(page.getByText('A person canceled the run while this card was at work.').first()).toBeVisible();
    await expectAccessible(page);
    await shots(page, 'canceled-run');
});
