// SPDX-License-Identifier: Apache-2.0
// Frames a second of a page in headless Chromium whose camera plays a clip at 30 pictures a second: Kata's published page,
// judging included, or npm's @mediapipe/holistic with its processor inference, which computes a face as well.
// node page_speed.mjs kata FOLDER CLIP.mjpeg | holistic PACKAGE-FOLDER CLIP.mjpeg; PLAYWRIGHT as tests/web/browser.mjs wants it

import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {find_browser, launch} from '../../tests/web/browser.mjs';
import {temporary_folder} from '../../tests/web/program.mjs';
import {StaticHost} from '../../tests/web/static_host.mjs';

const [, , side, folder, clip] = process.argv;
const kWarm_s = 8;
const kMeasured_s = 25;
const figure = (name, value, unit, better) => console.log(['figure', name, value, unit, better].join('\t'));

const kHolistic = `
const video = document.querySelector('video');
video.srcObject = await navigator.mediaDevices.getUserMedia({video: {width: 640, height: 480}});
await video.play();
const holistic = new Holistic({locateFile: (name) => 'holistic/' + name});
holistic.setOptions({modelComplexity: 1, smoothLandmarks: true, refineFaceLandmarks: false, useCpuInference: true});
holistic.onResults((results) => { ++globalThis.frames; globalThis.has_pose ||= Boolean(results.poseLandmarks); });
for (;;) {
  await holistic.send({image: video});
  await new Promise((resolve) => setTimeout(resolve));  // else nothing else of the page runs
}
`;

function holistic_page() {
  const page = temporary_folder('holistic');
  symlinkSync(folder, join(page, 'holistic'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><video></video><script src="holistic/holistic.js"></script><script type="module" src="page.js"></script>');
  writeFileSync(join(page, 'page.js'), kHolistic);
  return page;
}

/// Counts the frames that the Worker tells of, and how long the main thread stood still.
function count_in_page() {
  globalThis.frames = 0;
  globalThis.longest_ms = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.longest_ms = Math.max(globalThis.longest_ms, now - last - 5);
    last = now;
  }, 5);
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({data}) => { if (data?.type === 'told' && data.text.includes('"type":"frame"')) ++globalThis.frames; });
    }
  };
}

const host = await StaticHost.start(side === 'kata' ? folder : holistic_page());
const browser = await launch(await find_browser(), clip, {more: side === 'kata' ? [] : ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']});
const page = await (await browser.newContext({locale: 'en-GB', permissions: ['camera'], viewport: {width: 1280, height: 900}})).newPage();
page.on('console', (message) => process.env.VERBOSE && console.error(message.text()));
page.on('pageerror', (error) => console.error(String(error)));
await page.addInitScript(count_in_page);
const began = performance.now();
await page.goto(host.address);
if (side === 'kata') await page.locator('[data-action="start-camera"]').click({timeout: 60000});
await page.waitForFunction(() => globalThis.frames > 0, null, {timeout: Number(process.env.PATIENCE_MS ?? 90000)});
figure('first frame', ((performance.now() - began) / 1000).toFixed(2), 's', 'lower');
await page.waitForTimeout(kWarm_s * 1000);
const count = () => page.evaluate(() => { const {frames, longest_ms} = globalThis; globalThis.longest_ms = 0; return {frames, longest_ms, now: performance.now()}; });
const before = await count();
await page.waitForTimeout(kMeasured_s * 1000);
const after = await count();
figure('frames a second', ((after.frames - before.frames) / (after.now - before.now) * 1000).toFixed(2), '/s', 'higher');
figure('main thread still, longest', after.longest_ms.toFixed(0), 'ms', 'lower');
await browser.close();
host.end();
process.exit(0);
