// SPDX-License-Identifier: Apache-2.0
// Finds Chromium and playwright-core; says why when they are not there.

import {existsSync} from 'node:fs';

const kPrograms = [process.env.KATA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const kSkipped = 77;

export async function find_browser() {
  const executablePath = kPrograms.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Chromium is not installed (apt-get install chromium)');
  const {chromium} = await import('playwright-core').catch(() => {
    throw new Error('playwright-core is not installed (npm install in tests/web)');
  });
  return {chromium, executablePath};
}

/// Chromium without a window; `clip` (y4m or mjpeg) plays the camera.
export async function launch({chromium, executablePath}, clip = null) {
  return chromium.launch({executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream', ...(clip ? [`--use-file-for-fake-video-capture=${clip}`] : [])]});
}

/// Ends the program as skipped, with the reason.
export function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(kSkipped);
}
