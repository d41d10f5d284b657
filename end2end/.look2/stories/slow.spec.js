import { Complaints, hydrated } from '../support/page.js';
import { administrator, call, signIn, signedInAt } from '../support/people.js';
import { expect, test } from '../support/test.js';
test.use({ world: 'slow' });
test.describe.configure({ mode: 'serial' });
/** Slows the network down, and holds the browser part back until the returned function is called. */
async function slowDown(page) {
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const conditions = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
    await network.send('Network.emulateNetworkConditions', conditions);
    let release = () => undefined;
    const gate = new Promise((resolve) => {
        release = resolve;
    });
    await page.route('**/pkg/**', async (route) => {
        await gate;
        await route.continue();
    });
    return async () => {
        const fast = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
        await network.send('Network.emulateNetworkConditions', fast);
        release();
        await hydrated(page);
    };
}
const isHydrated = (page) => page.locator('html').evaluate((root) => root.hasAttribute('data-hydrated'));
test('before the browser part has arrived a page can be read, and what is pressed and typed is done later', async ({ page, nagare, }) => {
    await signIn(page, nagare);
    await call(page, nagare, 'create_flow', { request: { name: 'Early bird', folder: null } });
    await call(page, nagare, 'create_flow', { request: { name: 'Other', folder: null } });
    const arrive = await slowDown(page);
    await page.goto('/flows', { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Early bird' })).toBeVisible();
    await page.getByRole('searchbox').first().pressSequentially('early');
    const button = page.getByRole('button', { name: 'New flow' });
    await button.click();
    await expect(button).toHaveAttribute('aria-busy', 'true');
    expect(await isHydrated(page)).toBe(false);
    await arrive();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(button).not.toHaveAttribute('aria-busy', 'true');
    await expect(page.getByRole('link', { name: 'Other' })).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('searchbox').first()).toHaveValue('early');
});
test('whoever signs in before the browser part has arrived is signed in', async ({ page, nagare }) => {
    await signIn(page, nagare);
    await page.context().clearCookies();
    const arrive = await slowDown(page);
    await page.goto('/sign-in', { waitUntil: 'commit' });
    await page.getByLabel('Login').fill(administrator.login);
    await page.getByLabel('Password').fill(administrator.password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await arrive();
});
test('links work without the browser part, and the editor says that it is loading', async ({ page, nagare }) => {
    await signIn(page, nagare);
    const { id } = await call(page, nagare, 'create_flow', { request: { name: 'Waiting', folder: null } });
    const arrive = await slowDown(page);
    await page.goto('/flows', { waitUntil: 'commit' });
    await page.getByRole('link', { name: 'Waiting' }).click();
    await page.waitForURL(`**/flows/${id}`);
    await expect(page.locator('.canvas [aria-busy=true], .canvas [role=status]').first()).toBeVisible();
    await arrive();
    await expect(page.getByRole('button', { name: /^Add event/ })).toBeVisible();
});
// Each page once, among them in a browser whose language, clock or colours are not those of the server.
const browsers = [
    { locale: 'ja-JP', timezoneId: 'Asia/Tokyo', colorScheme: 'dark', pages: ['/', '/flows', '/runs', '/settings'] },
    {
        locale: 'en-GB',
        timezoneId: 'America/St_Johns',
        forcedColors: 'active',
        pages: ['/connections', '/connections/new', '/tables', '/templates'],
    },
    {
        locale: 'de-DE',
        timezoneId: 'Pacific/Chatham',
        reducedMotion: 'reduce',
        pages: ['/delegated', '/flows/import', '/nowhere'],
    },
];
for (const { pages, ...its } of browsers) {
    test(`both sides draw the same for ${its.locale} in ${its.timezoneId}`, async ({ browser, page, nagare }) => {
        await signIn(page, nagare);
        const { id } = await call(page, nagare, 'create_flow', { request: { name: '長い名前', folder: null } });
        const context = await browser.newContext({ ...its, baseURL: nagare.url });
        await context.addCookies(await page.context().cookies());
        const other = await context.newPage();
        const complaints = new Complaints();
        complaints.allow(/404.*nowhere/);
        complaints.listen(other);
        for (const address of [...pages, `/flows/${id}`]) {
            await other.goto(address);
            await hydrated(other);
            await expect(other.locator('h1').first()).toBeVisible();
        }
        await expect(other.locator('html')).toHaveAttribute('lang', its.locale.startsWith('ja') ? 'ja' : 'en');
        await expect(other.locator('.slot-large').first()).toBeVisible();
        expect(complaints.unexpected).toEqual([]);
        await context.close();
    });
}
test('at 200 % nothing is cut off and everything can be reached', async ({ page, nagare }) => {
    // A window of 1440 × 900 at 200 % is one of 720 × 450 with twice the pixels.
    await page.setViewportSize({ width: 720, height: 450 });
    await signedInAt(page, nagare, '/');
    for (const link of await page.locator('nav a.place').all()) {
        const address = await link.getAttribute('href');
        await link.click();
        await page.waitForURL((url) => url.pathname === address);
        await expect(page.locator('h1').first()).toBeVisible();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide, `${address} is wider than the window`).toBeLessThanOrEqual(0);
    }
});
