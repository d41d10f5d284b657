// A newcomer starts the program and opens the address that it prints.
import { expectAccessible, goto, shots } from '../support/page.js';
import { expect, test } from '../support/test.js';
test.use({ world: 'start' });
test('the printed address shows a page that works', async ({ page, nagare }) => {
    await goto(page, '/');
    await expect(page).toHaveTitle(/Nagare/);
    expect(nagare.setupCode).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){2}$/);
    await expectAccessible(page);
    await shots(page, 'start');
});
test('the simulated org answers with its token', async ({ okta }) => {
    const users = await okta.api('GET', '/api/v1/users');
    expect(users.map((user) => user.profile.login)).toContain(okta.login);
});
test('after a power cut the same address answers again', async ({ page, nagare }) => {
    const url = nagare.url;
    await nagare.kill9();
    await nagare.restart();
    expect(nagare.url).toBe(url);
    await goto(page, '/');
});
