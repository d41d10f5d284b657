// What every story starts from: a running server, its simulated org, and a page that must not complain.
import { test as base, expect } from '@playwright/test';
import { Okta } from './okta.js';
import { Complaints } from './page.js';
import { Server } from './server.js';
export const test = base.extend({
    world: ['shared', { option: true, scope: 'worker' }],
    nagare: [
        // A worker lives as long as its options stay the same, so another world means another server.
        async ({ world: _ }, use) => {
            const server = await Server.start();
            await use(server);
            await server.dispose();
        },
        { scope: 'worker', timeout: 60_000 },
    ],
    okta: [
        async ({ nagare }, use) => {
            await use(new Okta(nagare));
        },
        { scope: 'worker' },
    ],
    baseURL: async ({ nagare }, use) => {
        await use(nagare.url);
    },
    complaints: async ({}, use) => {
        const complaints = new Complaints();
        await use(complaints);
        expect(complaints.unexpected, 'what the browser complained about').toEqual([]);
    },
    page: async ({ page, complaints }, use) => {
        complaints.listen(page);
        await use(page);
    },
    serverLog: [
        async ({ nagare }, use, info) => {
            await use();
            if (info.status !== info.expectedStatus) {
                await info.attach('server log', { body: nagare.log, contentType: 'text/plain' });
            }
        },
        { auto: true },
    ],
});
export { expect };
