// An administrator connects an org for a service app, meets a missing scope before anything fails, and deletes a colleague.
import { expectAccessible, goto, hydrated, shots } from '../support/page.js';
import { call, signedInAt } from '../support/people.js';
import { expect, test } from '../support/test.js';
test.use({ world: 'service-app' });
test.describe.configure({ mode: 'serial' });
let app = '';
let flow = '';
test('a service app is connected with a key that Nagare made', async ({ page, nagare, okta, complaints }) => {
    complaints.allow(/502|422/);
    await signedInAt(page, nagare, '/connections/new');
    await page.getByLabel('Service app').check();
    const key = page.getByLabel('Public key');
    await expect(key).toHaveValue(/"kty": "EC"/);
    await expectAccessible(page);
    await shots(page, 'service-app');
    const created = await okta.api('POST', '/api/v1/apps', {
        name: 'oidc_client',
        label: 'Nagare',
        signOnMode: 'OPENID_CONNECT',
        credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
        settings: {
            oauthClient: {
                grant_types: ['client_credentials'],
                application_type: 'service',
                jwks: { keys: [JSON.parse(await key.inputValue())] },
                dpop_bound_access_tokens: true,
            },
        },
    });
    app = created.id;
    await okta.api('POST', `/api/v1/apps/${app}/grants`, { scopeId: 'okta.users.read', issuer: okta.url });
    await page.getByLabel('Name').fill('aozora-service');
    await page.getByLabel('Domain of the org').fill(okta.url);
    await page.getByLabel('Client ID').fill('0oanobody');
    await page.getByRole('button', { name: 'Authorize' }).click();
    await expect(page.getByRole('alert')).toContainText('does not accept this client ID and key');
    await page.getByLabel('Client ID').fill(app);
    await page.getByRole('button', { name: 'Authorize' }).click();
    await expect(page.getByRole('heading', { name: 'aozora-service' })).toBeVisible();
    await hydrated(page);
    await expect(page.getByText('Bound to a key (DPoP)')).toBeVisible();
    await expect(page.getByRole('cell', { name: 'okta.users.read' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Test connection' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').getByText(/The org answered in \d+ ms/)).toBeVisible();
});
test('a missing scope is named on the connection and on the card', async ({ page, nagare, okta }) => {
    await signedInAt(page, nagare, '/connections');
    const connections = await call(page, nagare, 'list_connections', {});
    const row = await call(page, nagare, 'create_flow', { request: { name: 'Suspend', folder: null } });
    flow = row.id;
    const view = await call(page, nagare, 'open_flow', { id: flow });
    const draft = {
        id: flow,
        name: 'Suspend',
        saves_data: true,
        steps: [
            { id: 's1', card: 'control:noop', inputs: [], outputs: [] },
            {
                id: 's2',
                card: 'okta:suspendUser',
                connection: connections[0]?.id,
                inputs: [
                    {
                        key: { group: 'User', key: 'ID or Login' },
                        label: 'ID or Login',
                        type: { base: 'text' },
                        binding: { kind: 'constant', value: 'x@y.example' },
                    },
                ],
                outputs: [],
            },
        ],
    };
    await call(page, nagare, 'save_draft', { request: { id: flow, revision: view.revision, draft } });
    await goto(page, `/flows/${flow}`);
    await expect(page.getByText('The connection lacks the scope okta.users.manage').first()).toBeVisible();
    await goto(page, `/connections/${connections[0]?.id}`);
    await expect(page.getByRole('note')).toContainText('Missing: okta.users.manage');
    await expect(page.getByRole('link', { name: 'Suspend' })).toBeVisible();
    await expectAccessible(page);
    await shots(page, 'missing-scope');
    await okta.api('POST', `/api/v1/apps/${app}/grants`, { scopeId: 'okta.users.manage', issuer: okta.url });
    await page.getByRole('button', { name: 'Reauthorize' }).click();
    await expect(page.getByRole('note')).toBeHidden();
    await hydrated(page);
    await goto(page, `/flows/${flow}`);
    await expect(page.getByText('No problems')).toBeVisible();
});
test('the only administrator cannot be deleted', async ({ page, nagare }) => {
    await signedInAt(page, nagare, '/settings');
    await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
    await expect(page.getByText('The only administrator cannot be deleted.')).toBeVisible();
    await expectAccessible(page);
    await shots(page, 'people');
});
