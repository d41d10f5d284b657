// One browser, one server for each worker. A story that fails is a failure: nothing is tried again.
import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';
// Where Debian puts it; elsewhere Playwright's own is used (`npx playwright install chromium`).
const debian = '/usr/bin/chromium';
const browser = process.env['E2E_CHROMIUM'] ?? (existsSync(debian) ? debian : undefined);
export default defineConfig({
    testDir: './stories',
    outputDir: './test-results',
    fullyParallel: false,
    workers: 2,
    retries: 0,
    forbidOnly: true,
    // A story on a slow machine, with the accessibility checks of every page, takes most of a minute.
    timeout: 120_000,
    expect: { timeout: 15_000 },
    reporter: [['list']],
    use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1440, height: 900 },
        locale: 'en-US',
        timezoneId: 'UTC',
        actionTimeout: 15_000,
        navigationTimeout: 30_000,
        trace: 'retain-on-failure',
        screenshot: 'only-on-failure',
        launchOptions: browser ? { executablePath: browser } : {},
    },
});
