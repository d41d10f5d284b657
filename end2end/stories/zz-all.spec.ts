import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { RULES, goto } from '../support/page.ts';
import { call, signedInAt } from '../support/people.ts';
import { test } from '../support/test.ts';
test('all packs', async ({ page, nagare, browser, context }) => {
  test.setTimeout(30 * 60_000);
  await signedInAt(page, nagare, '/');
  const state = await context.storageState();
  const root = '/work/shared/templates/';
  const found: Record<string, number> = {};
  let n = 0;
  const fresh = await browser.newContext({ storageState: state, baseURL: nagare.url, viewport: { width: 1440, height: 900 } });
  const tab = await fresh.newPage();
  let here = '';
  tab.on('pageerror', (e) => console.log('PAGEERROR', here, e.message.slice(0, 200)));
  tab.on('console', (m) => { if (['error', 'warning'].includes(m.type())) console.log('CONSOLE', here, m.text().slice(0, 300)); });
  const all: { id: string; name: string; pack: string }[] = [];
  for (const pack of readdirSync(root)) {
    const file = root + pack + '/workflow.flopack';
    if (!existsSync(file)) continue;
    try {
      const report = await call<any>(page, nagare, 'import_pack', { pack: readFileSync(file, 'utf8'), assignments: {} });
      for (const flow of report.flows ?? []) all.push({ id: flow.id, name: flow.name, pack });
      if (n++ === 0) console.log(JSON.stringify(report).slice(0, 600));
    } catch (e) { console.log('IMPORT', pack, String(e).slice(0, 300)); }
  }
  console.log('flows', all.length);
  let i = 0;
  for (const flow of all) {
    here = `${flow.pack} / ${flow.name} /flows/${flow.id}`;
    const t0 = Date.now();
    try {
      await goto(tab, `/flows/${flow.id}`);
      await tab.locator('.canvas .card[data-step], .canvas .blocks, .slot-large').first().waitFor({ timeout: 15000 });
    } catch (e) { console.log('OPEN', here, String(e).slice(0, 200)); continue; }
    const t = Date.now() - t0;
    if (t > 4000) console.log('SLOW', t, here);
    await tab.keyboard.press('1').catch(() => {});
    if (i++ % 12 === 0) {
      await tab.emulateMedia({ colorScheme: i % 24 === 1 ? 'dark' : 'light' });
      const { violations } = await new AxeBuilder({ page: tab }).withTags(RULES).analyze();
      for (const v of violations) console.log('AXE', here, v.id, v.nodes.slice(0, 3).map((x) => x.target.join(' ')).join(' | '));
      await tab.screenshot({ path: `/tmp/shots/all-${i}.png` });
    }
  }
});
