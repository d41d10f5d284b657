// Records what a person would notice: frames that come late, long tasks, elements, memory.
import type { CDPSession, Page } from '@playwright/test';

/** What was recorded while something moved. */
export interface Frames {
  /** 95 of 100 frames took at most this long, in milliseconds. */
  p95: number;
  /** The work of the main thread in 95 of 100 frames, in milliseconds. */
  busy: number;
  /** Tasks of 50 ms or more. */
  long: number;
  /** The longest task in milliseconds; 0 where none took 50. */
  longest: number;
  frames: number;
}

declare global {
  interface Window {
    recorder: { start(): void; stop(): Frames; drawn: number; memory: () => number };
  }
}

/** Puts the recorder into every page that is opened from now on. */
export async function install(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let frames: number[] = [];
    let busy: number[] = [];
    let tasks: number[] = [];
    let last = 0;
    let runs = false;
    const after = new MessageChannel();
    let began = 0;
    after.port1.onmessage = () => busy.push(performance.now() - began);
    const tick = () => {
      if (!runs) return;
      const now = performance.now();
      if (last > 0) frames.push(now - last);
      last = now;
      began = now;
      after.port2.postMessage(0);
      requestAnimationFrame(tick);
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: false });
    const at = (values: number[], part: number) => {
      const sorted = [...values].sort((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
    };
    let memory: WebAssembly.Memory | undefined;
    const streaming = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (source, imports) => {
      const made = await streaming(source, imports);
      memory = made.instance.exports['memory'] as WebAssembly.Memory;
      return made;
    };
    window.recorder = {
      drawn: 0,
      start() {
        [frames, busy, tasks, last, runs] = [[], [], [], 0, true];
        requestAnimationFrame(tick);
      },
      stop() {
        runs = false;
        return { p95: at(frames, 0.95), busy: at(busy, 0.95), long: tasks.length, longest: Math.max(0, ...tasks), frames: frames.length };
      },
      memory: () => memory?.buffer.byteLength ?? 0,
    };
    const look = () => {
      if (document.querySelector('.canvas .card[data-step], .canvas .blocks')) {
        requestAnimationFrame(() => (window.recorder.drawn = performance.now()));
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  });
}

/** Opens a page and returns how long it took until cards were drawn, in milliseconds. */
export async function opened(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.recorder.drawn > 0, undefined, { timeout: 120_000 });
  return page.evaluate(() => window.recorder.drawn);
}

/** Records while `move` goes on. */
export async function recorded(page: Page, move: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => window.recorder.start());
  await move();
  // Long tasks are told a moment after they ended.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
  return page.evaluate(() => window.recorder.stop());
}

/** The elements on the canvas. */
export function elements(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelectorAll('.canvas *').length);
}

/** The memory of the page in megabytes, after a collection: JavaScript's heap, and that of the program. */
export async function memory(page: Page, session: CDPSession): Promise<{ heap: number; wasm: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? 0;
  return { heap: heap / 1e6, wasm: (await page.evaluate(() => window.recorder.memory())) / 1e6 };
}
