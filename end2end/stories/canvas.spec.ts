// A large flow on the canvas: it opens, moves, folds and shows the way of its values, by mouse, by keyboard and by touch.
import { type Locator, type Page } from '@playwright/test';

import { Maker, type Spec, type Step } from '../measure/flow.ts';
import { expectAccessible, goto, shots } from '../support/page.ts';
import { call, signIn } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ world: 'canvas' });

function card(page: Page, title: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`, ${title},`) });
}

/** Makes a flow of these cards and opens it. */
async function open(page: Page, nagare: Server, name: string, cards: (maker: Maker) => Step[]): Promise<string> {
  await signIn(page, nagare);
  const catalogue = (await (await page.request.get(`${nagare.url}/catalogue/en.json`)).json()) as Spec[];
  const row = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name, folder: null } });
  const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: row.id });
  await call(page, nagare, 'save_draft', {
    request: { id: row.id, revision: view.revision, draft: { ...view.draft, steps: cards(new Maker(catalogue)) } },
  });
  await goto(page, `/flows/${row.id}`);
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  return row.id;
}

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll('.canvas *').length);
const percent = async (page: Page) => Number((await page.locator('.bar-zoom').textContent())?.replace('%', ''));
const shift = (page: Page) => page.locator('.world').evaluate((world) => world.style.transform);

test('a thousand cards cost no more elements than thirty', async ({ page, nagare }) => {
  await open(page, nagare, 'Thirty', (maker) => maker.flow(30));
  const few = await elements(page);
  await open(page, nagare, 'Thousand', (maker) => maker.flow(1000));
  expect(await elements(page)).toBeLessThan(few * 1.5);

  // Everything fits, is drawn as blocks, and can be zoomed from there.
  await page.keyboard.press('1');
  await expect(page.locator('.canvas')).toHaveAttribute('data-detail', 'block');
  await expect(page.locator('canvas.blocks')).toBeVisible();
  expect(await elements(page)).toBeLessThan(120);
  await shots(page, 'canvas-blocks');
  await page.keyboard.press('0');
  await expect.poll(() => percent(page)).toBe(100);

  // The last card is a key away, and has the focus.
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('End');
  const last = page.locator('.card:focus');
  await expect(last).toBeVisible();
  await expect(last).toBeInViewport();
  const map = page.getByRole('group', { name: /^Overview/ });
  const before = await shift(page);
  await map.press('ArrowLeft');
  await expect.poll(() => shift(page)).not.toBe(before);
  const box = await map.boundingBox();
  if (!box) throw new Error('no map');
  await page.mouse.move(box.x + 150, box.y + 52);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + 52, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole('treeitem', { name: /^Card 1 of/ })).toBeInViewport();
});

test('hovering a value lights its whole way, and the rest steps back', async ({ page, nagare }) => {
  await open(page, nagare, 'Ways', (maker) => maker.flow(12));
  const field = page.locator('.field-box:has(.pill)').first();
  await field.locator('.pill').first().hover();
  await expect(page.locator('.wires-lit path')).not.toHaveCount(0);
  await expect(page.locator('.card-output.lit').first()).toBeVisible();
  await expect(page.locator('.pill.lit').first()).toBeVisible();
  await expect(page.locator('.card.faded').first()).toHaveCSS('opacity', '0.55');
  await shots(page, 'canvas-way');
  await page.mouse.move(700, 860);
  await expect(page.locator('.card.faded')).toHaveCount(0);

  // All wires with a key, at most one element a family.
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('w');
  await expect(page.locator('.wires-all path').first()).toBeAttached();
  expect(await page.locator('.wires-all path').count()).toBeLessThan(10);
  await shots(page, 'canvas-wires');
});

test('deep containers open as views of their own, with the way back', async ({ page, nagare }) => {
  await open(page, nagare, 'Deep', (maker) => {
    const [event, inner] = [maker.step('okta:userCreated'), maker.step('string:compose')];
    let row = [inner];
    for (let depth = 0; depth < 6; depth++) {
      const branch = maker.step('control:if');
      branch.lanes[0]?.steps.push(...row);
      row = [branch];
    }
    return [event, ...row];
  });
  await expect(card(page, 'Compose')).toBeHidden();
  await page.getByRole('button', { name: /Run when TRUE 1 card/ }).last().click();
  const path = page.getByRole('navigation', { name: 'Where you are in the flow' });
  await expect(path).toContainText('If/Else › Run when TRUE');
  await expect(card(page, 'Compose')).toBeVisible();
  await expectAccessible(page);
  await shots(page, 'canvas-deep');
  await path.getByRole('button', { name: 'Deep' }).click();
  await expect(path).toBeHidden();
  await expect(page.getByRole('treeitem', { name: /^Card 1 of/ })).toBeVisible();
});

test('notes are as high and as wide as their author wants', async ({ page, nagare }) => {
  await open(page, nagare, 'Notes', (maker) => {
    const note = maker.step('control:comment');
    note.note = { title: 'Why', text: '# Because\n- **one**\n- [help](https://example.com)\n<script>alert(1)</script>' };
    return [maker.step('okta:userCreated'), note, maker.step('string:compose')];
  });
  const note = page.getByRole('treeitem', { name: 'Note: Why' });
  await expect(note.getByRole('link', { name: 'help' })).toHaveAttribute('rel', /noopener/);
  await expect(note).toContainText('<script>');
  await note.focus();
  const handle = note.getByRole('button', { name: 'Height of the note' });
  const high = async () => (await note.boundingBox())?.height ?? 0;
  const before = await high();
  await handle.press('ArrowDown');
  await expect.poll(high).toBeGreaterThan(before + 10);
  const box = await note.boundingBox();
  if (!box) throw new Error('no note');
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 200, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect.poll(high).toBeGreaterThan(before + 80);
  await note.getByRole('button', { name: 'Wide note' }).click();
  await expect.poll(async () => (await note.boundingBox())?.width ?? 0).toBeGreaterThan(box.width * 1.8);
  await shots(page, 'canvas-note');
  // One step each: width, drag, key.
  for (let steps = 0; steps < 3; steps++) await page.keyboard.press('Control+z');
  await expect.poll(high).toBeCloseTo(before, 0);
});

test('dragging opens what is folded, says why a place is none, and Escape puts back', async ({ page, nagare }) => {
  await open(page, nagare, 'Drags', (maker) => {
    const folded = maker.step('string:toUpperCase') as Step & { collapsed?: boolean };
    folded.collapsed = true;
    return [maker.step('okta:userCreated'), maker.step('string:compose'), maker.step('control:if'), folded];
  });
  const upper = card(page, 'To Upper Case');
  const low = (await upper.boundingBox())?.height ?? 0;
  const grip = page.getByRole('button', { name: /^Output / }).first();
  await grip.hover();
  await page.mouse.down();
  const box = await upper.boundingBox();
  if (!box) throw new Error('no card');
  await page.mouse.move(box.x + 60, box.y + 30, { steps: 8 });
  await expect.poll(async () => (await upper.boundingBox())?.height ?? 0).toBeGreaterThan(low + 40);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(async () => (await upper.boundingBox())?.height ?? 0).toBeCloseTo(low, 0);

  // On the edge of a container the middle line decides: before it, or into it.
  const branch = await card(page, 'If/Else').boundingBox();
  if (!branch) throw new Error('no container');
  await card(page, 'Compose').locator('.card-title').hover();
  await page.mouse.down();
  await page.mouse.move(branch.x + branch.width - 40, branch.y + 20, { steps: 8 });
  await expect(page.getByText('Drop to run first in Run when TRUE')).toBeVisible();
  await page.mouse.move(700, 780, { steps: 4 });
  await expect(page.getByText('Drop it between two cards')).toBeVisible();
  await shots(page, 'canvas-refused');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('.air-card')).toHaveCount(0);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true });

  test('one finger moves the canvas, two pinch, a held finger lifts', async ({ page, nagare }) => {
    await open(page, nagare, 'Touch', (maker) => maker.flow(8));
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number; id: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    const before = await shift(page);
    await touch('touchStart', { x: 900, y: 760, id: 1 });
    for (let x = 890; x > 700; x -= 20) await touch('touchMove', { x, y: 760, id: 1 });
    await touch('touchEnd');
    await expect.poll(() => shift(page)).not.toBe(before);
    const small = await percent(page);
    await touch('touchStart', { x: 800, y: 700, id: 1 }, { x: 900, y: 700, id: 2 });
    for (let by = 0; by < 40; by += 8) await touch('touchMove', { x: 800 - by, y: 700, id: 1 }, { x: 900 + by, y: 700, id: 2 });
    await touch('touchEnd');
    await expect.poll(() => percent(page)).toBeGreaterThan(small);
    await page.keyboard.press('1');
    const title = page.locator('.card[data-shape="card"] .card-title').nth(1);
    await expect(title).toBeInViewport();
    const box = await title.boundingBox();
    if (!box) throw new Error('no card');
    await touch('touchStart', { x: box.x + 20, y: box.y + 8, id: 1 });
    await expect(page.locator('.air-card')).toBeVisible();
    await touch('touchMove', { x: box.x + 60, y: box.y + 40, id: 1 });
    await page.keyboard.press('Escape');
    await touch('touchEnd');
    await expect(page.locator('.air-card')).toHaveCount(0);
  });
});
