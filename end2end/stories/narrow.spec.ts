// Windows from a desktop to a telephone: what fits, what becomes a sheet, what is only read.
import { type Page } from '@playwright/test';

import { follow, goto } from '../support/page.ts';
import { call, signIn } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'narrow' });
test.describe.configure({ mode: 'serial' });

let flow = '';
let run = '';

/** A flow of two cards that ran once. */
async function make(page: Page, nagare: Server): Promise<void> {
  await signIn(page, nagare);
  const row = await call<{ id: string }>(page, nagare, 'create_flow', {
    request: { name: '退職者のグループ所属を一時的に解除して翌日に戻すフロー', folder: null },
  });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  const type = { base: 'text' };
  const input = { key: { key: 'text' }, label: 'text', type, binding: { kind: 'constant', value: 'Good morning' } };
  const steps = [
    { id: 'start', card: 'control:noop' },
    { id: 'text', card: 'string:compose', inputs: [input], outputs: [{ key: { key: 'output' }, label: 'output', type }] },
  ];
  await call(page, nagare, 'save_draft', { request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps } } });
  await call(page, nagare, 'turn', { request: { id: row.id, on: true } });
  flow = row.id;
  run = await call<string>(page, nagare, 'start_run', { request: { id: row.id, inputs: {} } });
}

/** How far the page is wider than the window. */
async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** With SHOTS=1, a picture under the name of the page and the size of the window. */
async function picture(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  if (process.env['SHOTS'] === '1') await page.screenshot({ path: `shots/narrow-${width}x${height}-${name}.png` });
}

const pages = ['/', '/flows', '/runs', '/connections', '/connections/new', '/tables', '/settings', '/delegated', '/flows/import', '/audit', '/directories'];

test('no page is wider than its window, from a desktop down to a telephone', async ({ page, nagare }) => {
  await make(page, nagare);
  const sizes = [[1440, 900], [1024, 768], [768, 1024], [390, 844]] as const;
  await goto(page, '/settings');
  for (const address of [...pages, `/flows/${flow}`, `/runs/${run}`]) {
    await follow(page, address);
    await expect(page.locator('h1').first()).toBeVisible();
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      if (address.includes(flow)) await expect(page.getByText('Compose').first()).toBeVisible();
      expect(await overhang(page), `${address} at ${width}`).toBeLessThanOrEqual(0);
      await picture(page, address.replace(flow, 'flow').replace(run, 'run').replaceAll('/', '-'));
    }
  }
});

test('on a telephone a flow is read as an outline, and a run as well', async ({ page, nagare }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, nagare);
  await goto(page, `/flows/${flow}`);
  const outline = page.getByRole('region', { name: /^Outline of/ });
  await outline.getByRole('button', { name: /^Card 2 of 2, Compose/ }).click();
  await expect(outline).toContainText('Good morning');
  await expect(outline.getByRole('textbox')).toHaveCount(0);
  await expect(outline.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save version' })).toBeHidden();
  await goto(page, `/runs/${run}`);
  await expect(outline).toContainText('Succeeded');
});

test('on a tablet palette and inspector are sheets over the canvas', async ({ page, nagare }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await signIn(page, nagare);
  await goto(page, `/flows/${flow}`);
  await expect(page.getByRole('treeitem')).toHaveCount(2);
  const palette = page.getByRole('complementary', { name: 'Palette' });
  await expect(palette).toBeHidden();
  await page.getByRole('button', { name: 'Palette' }).click();
  await expect(palette).toBeVisible();
  const [sheet, canvas] = [await palette.boundingBox(), await page.locator('.canvas').boundingBox()];
  expect(sheet?.x).toBe(canvas?.x);
  expect(canvas?.width).toBeGreaterThan(700);
});

test('under a finger what can be pressed is 44 pixels high', async ({ browser, page, nagare }) => {
  await signIn(page, nagare);
  const context = await browser.newContext({
    baseURL: nagare.url,
    hasTouch: true,
    isMobile: true,
    viewport: { width: 768, height: 1024 },
  });
  await context.addCookies(await page.context().cookies());
  const touched = await context.newPage();
  for (const address of ['/', '/flows', '/runs', '/settings']) {
    await goto(touched, address);
    await expect(touched.locator('h1')).toBeVisible();
    const small = await touched.evaluate(() =>
      [...document.querySelectorAll('button, .place, select, input:not([type=checkbox], [type=radio])')]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ element, box }) => box.width > 0 && box.height < 43.5 && !element.matches('.table *, .skip'))
        .map(({ element, box }) => `${element.className} ${element.textContent?.trim()} ${box.height}`),
    );
    expect(small, address).toEqual([]);
  }
  await context.close();
});
