// Going to a page, looking at it, and noticing what the browser complains about.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Opens `path` and waits until the page reacts: a click before that is lost. */
export async function goto(page, path) {
    await page.goto(path);
    await hydrated(page);
}
/** Waits until the browser part has taken over; needed after every full page load. */
export async function hydrated(page) {
    await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}
/** Follows a link without loading a document. */
export async function follow(page, address) {
    await page.evaluate((href) => {
        const link = document.createElement('a');
        link.href = href;
        document.body.append(link);
        link.click();
        link.remove();
    }, address);
    await page.waitForURL((url) => url.pathname + url.search === address);
}
/** With SHOTS=1, saves pictures of the page in light and dark to `shots/`. */
export async function shots(page, name) {
    if (process.env['SHOTS'] !== '1')
        return;
    for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `shots/${name}-${colorScheme}.png`, animations: 'disabled' });
    }
    await page.emulateMedia({ colorScheme: null });
}
/** Fails with the list of what a person with a screen reader, or without a mouse, would stumble over. */
export async function expectAccessible(page) {
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(' ')}`));
    expect(found, 'accessibility').toEqual([]);
}
/** What the browser complained about: a hydration mismatch, a missing file, a failed call. */
export class Complaints {
    #heard = [];
    #expected = [];
    /** Listens to `page` from now on. */
    listen(page) {
        page.on('pageerror', (error) => this.#heard.push(`page error: ${error.message}`));
        page.on('console', (message) => {
            if (message.type() !== 'error')
                return;
            const { url } = message.location();
            this.#heard.push(`console: ${message.text()}${url ? ` (${url})` : ''}`);
        });
    }
    /** Says that a story provokes an error on purpose, a refused call for instance. */
    allow(pattern) {
        this.#expected.push(pattern);
    }
    /** All complaints that no pattern allows. */
    get unexpected() {
        return this.#heard.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    }
}
