import { goto } from './page.js';
export const administrator = {
    name: 'Hanako Yamada',
    login: 'hanako@aozora.example',
    password: 'correct horse battery',
};
const isSetUp = new WeakSet();
/** Signs the administrator in; the first time on a server, makes her. Leaves the page where it is. */
export async function signIn(page, nagare) {
    const { name, login, password } = administrator;
    const first = !isSetUp.has(nagare);
    const form = first
        ? { code: nagare.setupCode, name, login, password }
        : { login, password };
    const response = await page.request.post(`${nagare.url}/rpc/${first ? 'set_up' : 'sign_in'}`, {
        form,
        headers: { Origin: nagare.url, Accept: 'application/json' },
    });
    if (!response.ok())
        throw new Error(`nobody is signed in: ${await response.text()}`);
    isSetUp.add(nagare);
}
/** Signs in and opens `path`. */
export async function signedInAt(page, nagare, path) {
    await signIn(page, nagare);
    await goto(page, path);
}
/** Calls the server as the signed-in person's browser does. */
export async function call(page, nagare, name, body) {
    const response = await page.request.post(`${nagare.url}/rpc/${name}`, {
        data: body,
        headers: { Origin: nagare.url, Accept: 'application/json' },
    });
    if (!response.ok())
        throw new Error(`${name} was refused: ${await response.text()}`);
    return (await response.json());
}
