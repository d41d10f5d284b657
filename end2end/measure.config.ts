// Measuring is not testing: it has a configuration of its own, so that `playwright test` never takes the time for it.
import { defineConfig } from '@playwright/test';

import stories from './playwright.config.ts';

export default defineConfig({
  ...stories,
  testDir: './measure',
  testMatch: '*.ts',
  testIgnore: ['flow.ts', 'recorder.ts'],
  workers: 1,
  use: { ...stories.use, trace: 'off', screenshot: 'off', actionTimeout: 60_000 },
});
