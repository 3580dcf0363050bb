// SPDX-License-Identifier: Apache-2.0
// The running program in real Chromium, whose camera plays a clip: make a craft, record a right and a wrong take,
// train, learn. `KATA=program CLIPS=folder node studio_test.mjs`; the folder holds right.mjpeg, wrong.mjpeg and
// learner.mjpeg (ffmpeg -i clip.mp4 -c:v mjpeg -q:v 4 -f mjpeg right.mjpeg). `SECONDS=18` is the length of a take.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {find_browser, launch, skip} from './browser.mjs';

const {KATA: program, CLIPS: clips, SHOTS: shots} = process.env;
const length_s = Number(process.env.SECONDS ?? 18);
if (!program || !clips) skip('KATA and CLIPS do not name a program and a folder of clips');
let tools;
try {
  tools = await find_browser();
} catch (error) {
  skip(error.message);
}

const folder = mkdtempSync(join(tmpdir(), 'kata-studio-'));
const server = spawn(program, ['serve', folder, '--port', '0', '--no-open'], {stdio: ['ignore', 'pipe', 'inherit']});
const origin = await new Promise((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (data) => {
    said += data;
    const found = said.match(/http:\/\/localhost:\d+/);
    if (found) resolve(found[0]);
  });
  server.on('exit', () => reject(new Error('the program ended')));
});

async function with_camera(clip, path, act) {
  const browser = await launch(tools, join(clips, clip));
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, locale: 'en-GB', permissions: ['camera']});
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto(origin + path, {waitUntil: 'networkidle'});
  try {
    return await act(page);
  } finally {
    if (shots) await page.screenshot({path: join(shots, `studio-${clip}.png`), fullPage: true});
    await browser.close();
  }
}

async function record(page, action) {
  await page.locator('input[name=length]').fill(String(length_s));
  await page.locator('input[name=repetitions]').fill('');
  await page.click(`[data-action="${action}"]`);
  await page.waitForSelector('.timeline .span', {timeout: (length_s + 60) * 1000});
  return page.locator('.timeline .span').count();
}

let passed = 0;
try {
  const address = await with_camera('right.mjpeg', '/create/', async (page) => {
    await page.locator('input[name=name]').fill('Sawing');
    await page.locator('input[name=movement-1]').fill('saw');
    await page.click('button[type=submit]');
    await page.waitForSelector('.tab');
    console.log(`right repetitions: ${await record(page, 'record-right')}`);
    const edge = page.locator('.edge').first();
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector('.toast:has-text("The cut was moved")');
    return new URL(page.url()).search;
  });
  ++passed;
  await with_camera('wrong.mjpeg', `/create/${address}`, async (page) => {
    await page.locator('input[name=mistake]').fill('elbow out');
    console.log(`wrong repetitions: ${await record(page, 'record-wrong')}`);
    await page.click('[data-action="train"]');
    await page.waitForSelector('.toast:has-text("Trained")', {timeout: 120000});
  });
  ++passed;
  if (existsSync(join(clips, 'learner.mjpeg'))) {
    await with_camera('learner.mjpeg', `/learn/${address}`, async (page) => {
      await page.click('[data-action="start-camera"]');
      await page.waitForSelector('.verdicts li b', {timeout: 120000});
      await page.waitForTimeout(Number(process.env.LEARN_SECONDS ?? 20) * 1000);
      console.log(`learner: ${(await page.locator('.verdicts li b').allInnerTexts()).join('; ')}`);
      assert.ok((await page.locator('.verdicts li').count()) > 0);
    });
    ++passed;
  }
} finally {
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  await new Promise((resolve) => server.on('exit', resolve));
  rmSync(folder, {recursive: true});
}
console.log(`${passed} passed, 0 failed`);
