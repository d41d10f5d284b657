// Connecting the simulated org, as a person does it in the browser.
import { expect } from '@playwright/test';
import { goto, hydrated } from './page.js';
/** Fills the form for a new connection and sends it; the sign-in page of the org is next. */
export async function fillConnection(page, okta, name, secret = okta.clientSecret) {
    await goto(page, '/connections/new');
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Domain of the org').fill(okta.url);
    await page.getByLabel('Client ID').fill(okta.clientId);
    await page.getByLabel('Client secret').fill(secret);
    await page.getByRole('button', { name: 'Authorize' }).click();
}
/** Signs in at the org, unless the browser still is, and answers its consent page. */
export async function grantAtOrg(page, okta, answer = 'Allow') {
    await page.waitForURL((url) => url.href.startsWith(okta.url));
    const username = page.getByLabel('Username');
    const decide = page.getByRole('button', { name: answer });
    await expect(username.or(decide)).toBeVisible();
    if (await username.isVisible()) {
        await username.fill(okta.login);
        await page.getByLabel('Password').fill(okta.password);
        await page.getByRole('button', { name: 'Sign in' }).click();
    }
    await decide.click();
    await page.waitForURL((url) => !url.href.startsWith(okta.url));
    await hydrated(page);
}
/** Connects the org under `name` and returns the id of the connection. */
export async function connect(page, okta, name) {
    await fillConnection(page, okta, name);
    await grantAtOrg(page, okta);
    await expect(page.getByRole('heading', { name })).toBeVisible();
    return new URL(page.url()).pathname.replace('/connections/', '');
}
