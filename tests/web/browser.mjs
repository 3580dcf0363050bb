// SPDX-License-Identifier: Apache-2.0
// Finds Chromium and playwright-core; says why when they are not there.

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const {PLAYWRIGHT: playwright, AXE: axe} = process.env;
const kPrograms = [process.env.KATA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const kSkipped = 77;

export async function find_browser() {
  const executablePath = kPrograms.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Chromium is not installed (apt-get install chromium)');
  if (!playwright || !axe) throw new Error('PLAYWRIGHT and AXE do not name the packages of tools/test-packages.txt (run ctest)');
  const {chromium} = await import(pathToFileURL(join(playwright, 'index.mjs')));
  return {chromium, executablePath};
}

/// The barriers in a page that axe-core calls serious; none is what every page must have.
export async function serious_barriers(page) {
  await page.evaluate(readFileSync(axe, 'utf8'));  // not as a script of the page: its policy refuses those
  const {violations} = await page.evaluate(() => globalThis.axe.run());
  return violations.filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.nodes[0].html} ${violation.nodes[0].failureSummary}`);
}

const options = (executablePath, clip, is_denied, more = []) => ({executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', is_denied ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream', ...(clip ? [`--use-file-for-fake-video-capture=${clip}`] : []), ...more]});

/// Chromium without a window; `clip` (y4m or mjpeg) plays the camera. `is_denied`: whoever is asked says no.
export async function launch({chromium, executablePath}, clip = null, {is_denied = false, more = []} = {}) {
  return chromium.launch(options(executablePath, clip, is_denied, more));
}

/// As launch, of a visitor whose browser keeps what it has in `profile`; a context.
export async function launch_kept({chromium, executablePath}, profile, clip, context) {
  return chromium.launchPersistentContext(profile, {...options(executablePath, clip, false), ...context});
}

/// Ends the program as skipped, with the reason.
export function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(kSkipped);
}
