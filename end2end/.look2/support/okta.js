/** Speaks to the simulated org's API, past Nagare. */
export class Okta {
    server;
    constructor(server) {
        this.server = server;
    }
    get url() {
        return this.server.announced.oktaUrl;
    }
    get token() {
        return this.server.announced.oktaToken;
    }
    get clientId() {
        return this.server.announced.clientId;
    }
    get clientSecret() {
        return this.server.announced.clientSecret;
    }
    get publicClientId() {
        return this.server.announced.publicClientId;
    }
    get login() {
        return this.server.announced.login;
    }
    get password() {
        return this.server.announced.password;
    }
    /** Calls the API and returns the parsed answer; anything but success is an error with its text. */
    async api(method, path, body) {
        const response = await fetch(new URL(path, this.url), {
            method,
            headers: {
                Authorization: `SSWS ${this.token}`,
                Accept: 'application/json',
                ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        if (!response.ok) {
            throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
        }
        return (text === '' ? undefined : JSON.parse(text));
    }
}
