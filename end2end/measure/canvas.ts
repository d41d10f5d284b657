// Measures the editor's canvas with 30, 200 and 1,000 cards and writes the table of docs/performance.md.
// Not a test: it states figures, it never fails because of one. `cargo xtask canvas` builds for release and starts it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

import type { Page } from '@playwright/test';

import { goto } from '../support/page.ts';
import { call, signIn } from '../support/people.ts';
import { target } from '../support/server.ts';
import { test } from '../support/test.ts';
import { Maker, type Spec, type Step } from './flow.ts';
import { type Frames, elements, install, memory, opened, recorded } from './recorder.ts';

const SIZES = (process.env['MEASURE_SIZES'] ?? '30,200,1000').split(',').map(Number);
const STEPS = 120;
const page_ = path.resolve(import.meta.dirname, '../../docs/performance.md');

interface Row {
  count: number;
  cold: number;
  warm: number;
  pan: Frames;
  zoom: Frames;
  card: Frames;
  value: Frames;
  typing: Frames;
  search: Frames;
  full: number;
  plate: number;
  block: number;
  heap: number;
  wasm: number;
}

test.use({ world: 'measure' });

test('the canvas with few and with many cards', async ({ page, nagare, browser, context }) => {
  test.setTimeout(15 * 60_000);
  await signIn(page, nagare);
  const state = await context.storageState();
  const catalogue = (await (await page.request.get(`${nagare.url}/catalogue/en.json`)).json()) as Spec[];
  const bare = await browser.newPage();
  await install(bare);
  const floor = await floorOf(bare);
  await bare.close();
  const rows: Row[] = [];
  for (const count of SIZES) {
    const steps = new Maker(catalogue).flow(count);
    const flow = await call<{ id: string }>(page, nagare, 'create_flow', { request: { name: `${count} cards`, folder: null } });
    const view = await call<{ revision: number; draft: object }>(page, nagare, 'open_flow', { id: flow.id });
    await call(page, nagare, 'save_draft', {
      request: { id: flow.id, revision: view.revision, draft: { ...view.draft, steps } },
    });
    const fresh = await browser.newContext({ storageState: state, baseURL: nagare.url });
    const tab = await fresh.newPage();
    tab.on('pageerror', (error) => console.log(`page error: ${error.message}`));
    await install(tab);
    rows.push(await measure(tab, `/flows/${flow.id}`, all(steps)));
    await fresh.close();
  }
  const table = written(rows, floor, browser.version());
  console.log(`\n${table}`);
  if (process.env['MEASURE_DRY'] !== '1') keep(table);
  await goto(page, '/flows');
});

/** What this machine can do at all: 30 plain boxes under the pointer, and a plain text field. */
async function floorOf(page: Page): Promise<{ move: Frames; type: Frames }> {
  await page.goto('about:blank');
  await page.setContent(`
    <style>#layer { position: absolute } #layer div { position: absolute; width: 260px; height: 180px; border: 1px solid; background: white }</style>
    <input autofocus><div id="layer">${Array.from({ length: 30 }, (_, at) => `<div style="left:${(at % 6) * 280}px;top:${Math.floor(at / 6) * 200 + 40}px"></div>`).join('')}</div>`);
  await page.evaluate(() => {
    const layer = document.getElementById('layer');
    addEventListener('pointermove', (event) => layer?.style.setProperty('transform', `translate(${event.clientX - 700}px, 0)`));
  });
  await page.mouse.move(700, 400);
  const move = await recorded(page, async () => {
    for (let step = 0; step < STEPS; step++) await page.mouse.move(700 - 10 * (step < STEPS / 2 ? step : STEPS - step), 400);
  });
  await page.locator('input').focus();
  const type = await recorded(page, async () => {
    for (let step = 0; step < 40; step++) await page.keyboard.press('x');
  });
  return { move, type };
}

function all(steps: Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + step.lanes.reduce((inner, lane) => inner + all(lane.steps), 0), 0);
}

async function measure(page: Page, address: string, count: number): Promise<Row> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const cold = await opened(page, address);
  const warm = await opened(page, address);
  await settled(page);
  const full = await elements(page);
  const { heap, wasm } = await memory(page, session);

  const pan = await recorded(page, async () => {
    await page.mouse.move(1000, 700);
    await page.mouse.down({ button: 'middle' });
    for (let step = 0; step < STEPS; step++) await page.mouse.move(1000 - 10 * (step < STEPS / 2 ? step : STEPS - step), 700);
    await page.mouse.move(1000, 700);
    await page.mouse.up({ button: 'middle' });
  });
  await settled(page);
  const card = await recorded(page, async () => {
    await grab(page, '.card[data-shape="card"]:not([aria-posinset="1"]) .card-title');
    for (let step = 0; step < STEPS; step++) await page.mouse.move(500 + step * 4, 300 + (step % 9));
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await settled(page);
  const value = await recorded(page, async () => {
    await grab(page, '.output-grip');
    for (let step = 0; step < STEPS; step++) await page.mouse.move(500 + step * 4, 250 + (step % 40));
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await settled(page);
  const typing = await recorded(page, async () => {
    const box = await inSight(page, '[contenteditable]');
    await page.mouse.click(box.x + box.width - 6, box.y + box.height / 2);
    for (let step = 0; step < 40; step++) await page.keyboard.press('x');
  });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await settled(page);

  const search = await recorded(page, async () => {
    await page.getByRole('complementary', { name: 'Palette' }).getByLabel('Search cards').click();
    for (const letter of 'suspend user') await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    for (let step = 0; step < 12; step++) await page.keyboard.press('Backspace');
  });
  await page.keyboard.press('Escape');
  await settled(page);

  const zoom = await recorded(page, async () => {
    await page.mouse.move(720, 420);
    await page.keyboard.down('Control');
    for (let step = 0; step < STEPS; step++) await page.mouse.wheel(0, step < STEPS / 2 ? 24 : -24);
    await page.keyboard.up('Control');
  });
  const plate = await at(page, 40);
  const block = await at(page, 20);
  return { count, cold, warm, pan, zoom, card, value, typing, search, full, plate, block, heap, wasm };
}

/** Presses an element and moves until it is in the air. */
async function grab(page: Page, selector: string): Promise<void> {
  const box = await inSight(page, selector);
  const [x, y] = [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const by of [3, 6, 12]) await page.mouse.move(x + by, y + by);
}

/** Where the first such element of the canvas is that a pointer can reach. */
async function inSight(page: Page, selector: string): Promise<DOMRect> {
  const found = await page.evaluate((selector) => {
    const elements = [...document.querySelectorAll(`.canvas .card ${selector}, .canvas ${selector}`)];
    return elements.map((element) => element.getBoundingClientRect()).find(({ x, y, right, bottom }) => {
      const at = document.elementFromPoint((x + right) / 2, (y + bottom) / 2);
      return x > 320 && right < 1380 && y > 80 && bottom < 760 && at?.closest('.canvas') !== null;
    })?.toJSON();
  }, selector);
  if (!found) throw new Error(`no ${selector} is on the screen`);
  return found as DOMRect;
}

/** Zooms to a percentage and counts the elements there. */
async function at(page: Page, percent: number): Promise<number> {
  const now = async () => Number((await page.locator('.bar-zoom').textContent())?.replace('%', ''));
  await page.mouse.move(720, 420);
  await page.keyboard.down('Control');
  for (let tries = 0; tries < 200 && (await now()) > percent; tries++) await page.mouse.wheel(0, 20);
  await page.keyboard.up('Control');
  await settled(page);
  return elements(page);
}

/** Waits until nothing is under way: two frames and a moment of idle time. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(() => done(0), { timeout: 2000 }))),
  );
}

function written(rows: Row[], floor: { move: Frames; type: Frames }, browser: string): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const profile = readFileSync(path.join(target, 'site-bound-from'), 'utf8').split(' ')[0];
  const wasm = readFileSync(path.join(target, 'site/pkg/app_bg.wasm'));
  const kilobytes = Math.round(brotliCompressSync(wasm).length / 1000);
  const processor = cpus();
  const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0);
  const frames = ({ p95, busy, long, longest }: Frames) =>
    `${ms(p95)} (${ms(busy)})${long > 0 ? `, ${long} long, ≤ ${Math.round(longest)}` : ''}`;
  const line = (name: string, cell: (row: Row) => string) => `| ${name} | ${rows.map(cell).join(' | ')} |`;
  return [
    `Measured on ${when} UTC at ${git('rev-parse', '--short', 'HEAD')}, browser part built as \`${profile}\` (${kilobytes} KB packed), Chromium ${browser} without a graphics card, ${processor[0]?.model.trim()}, ${processor.length} cores, load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}.`,
    '',
    line('cards', (row) => `${row.count}`),
    `| --- |${' ---: |'.repeat(rows.length)}`,
    line('open to drawn, first time / again', (row) => `${Math.round(row.cold)} / ${Math.round(row.warm)} ms`),
    line('floor: 30 plain boxes follow the pointer', () => frames(floor.move)),
    line('pan', (row) => frames(row.pan)),
    line('zoom by wheel', (row) => frames(row.zoom)),
    line('drag a card', (row) => frames(row.card)),
    line('drag a value', (row) => frames(row.value)),
    line('floor: a plain text field', () => frames(floor.type)),
    line('type into a field', (row) => frames(row.typing)),
    line('type into the search of the palette', (row) => frames(row.search)),
    line('elements at 80 % / 40 % / 20 %', (row) => `${row.full} / ${row.plate} / ${row.block}`),
    line('memory: JavaScript / program', (row) => `${row.heap.toFixed(1)} / ${row.wasm.toFixed(1)} MB`),
  ].join('\n');
}

function keep(table: string): void {
  const [begin, end] = ['<!-- canvas: begin -->', '<!-- canvas: end -->'];
  const text = readFileSync(page_, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page_} lost its marks`);
  writeFileSync(page_, `${before}${begin}\n${table}\n${end}${after}`);
}
