// SPDX-License-Identifier: Apache-2.0
// What happens around a sitting, with golden messages in real Chromium: a connection goes silent, the screen would go dark,
// the camera is taken away or muted, the page goes into the background, the browser hides pictures. `SHOTS=folder` keeps pictures.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {find_browser, launch, skip} from './browser.mjs';
import {golden_server} from './golden_server.mjs';

const shots = process.env.SHOTS;
const kLearn = '/learn/?craft=0123456789abcdef';
const kCreate = '/create/?craft=0123456789abcdef';
const kNoticed_ms = 5000;

let tools;
try {
  tools = await find_browser();
} catch (error) {
  skip(error.message);
}
const server = await golden_server();
const origin = `http://localhost:${server.address().port}`;
const browser = await launch(tools);

/// Counts screen locks, and lets a test say what the browser would.
function prepare() {
  globalThis.locks = {asked: 0, held: 0};
  const request = async () => {
    ++locks.asked;
    ++locks.held;
    const lock = {released: false, release: async () => { if (!lock.released) --locks.held; lock.released = true; }};
    globalThis.newest_lock = lock;
    return lock;
  };
  Object.defineProperty(navigator, 'wakeLock', {value: {request}, configurable: true});
  globalThis.become = (is_hidden) => {
    Object.defineProperty(document, 'hidden', {value: is_hidden, configurable: true});
    Object.defineProperty(document, 'visibilityState', {value: is_hidden ? 'hidden' : 'visible', configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
  };
  globalThis.track = () => document.querySelector('video.camera').srcObject.getVideoTracks()[0];
  globalThis.mute = (is_muted) => {
    const muted = track();
    Object.defineProperty(muted, 'muted', {value: is_muted, configurable: true});
    muted.dispatchEvent(new Event(is_muted ? 'mute' : 'unmute'));
  };
}

let passed = 0;
async function check(name, path, act, {before = null, width = 1200, height = 860} = {}) {
  server.lines.tabs.clear();
  const context = await browser.newContext({viewport: {width, height}, locale: 'en-GB', permissions: ['camera']});
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.addInitScript(prepare);
  if (before) await page.addInitScript(before);
  await page.goto(origin + path, {waitUntil: 'networkidle'});
  await act(page);
  if (shots) await page.screenshot({path: join(shots, `connection-${++shot}.png`)});
  assert.deepEqual(problems, [], name);
  await context.close();
  console.log(`ok: ${name}`);
  ++passed;
}
let shot = 0;

const start = async (page) => {
  await page.click('[data-action="start-camera"]');
  await page.waitForSelector('.live-figures:not(.hidden)');
};
const tab = () => [...server.lines.tabs.values()][0];
const counted = (page) => page.locator('.count b').allInnerTexts();

async function until(what, holds, limit_ms = 15000) {
  const end = Date.now() + limit_ms;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${what}: not within ${limit_ms} ms`);
}

/// From the moment the link is dead until the page says so.
async function noticed_ms(page) {
  server.freeze();
  const begin = Date.now();
  await page.locator('.toast', {hasText: 'connection to Kata was lost'}).waitFor({timeout: 20000});
  return Date.now() - begin;
}

await check('a link that goes silent: noticed, said, made anew; the count and the verdict go on', kLearn, async (page) => {
  await start(page);
  await page.waitForSelector('.verdict-card.wrong');
  const before = await counted(page);
  const took_ms = await noticed_ms(page);
  assert.ok(took_ms <= kNoticed_ms, `noticed after ${took_ms} ms`);
  await page.waitForSelector('.stage-note', {state: 'hidden'});
  const {pictures} = tab();
  await until('pictures go over the new link', () => tab().pictures > pictures + 3);
  assert.equal(server.lines.tabs.size, 1, 'the same tab');
  assert.deepEqual(tab().heard, [0, 1], 'it says that it has the verdict');
  assert.deepEqual(tab().asked.filter((type) => type === 'learn'), ['learn'], 'the sitting is not begun anew');
  assert.deepEqual(await counted(page), before);
  assert.equal(await page.locator('.verdicts li').count(), 1, 'the verdict is not told twice');
});

await check('a link that goes silent while paused is noticed too', kLearn, async (page) => {
  await start(page);
  await page.locator('main').focus();
  await page.keyboard.press('Space');
  await page.waitForTimeout(1500);
  const took_ms = await noticed_ms(page);
  assert.ok(took_ms <= kNoticed_ms, `noticed after ${took_ms} ms`);
  await until('a new link', () => tab().connections === 2);
});

await check('after the network changed a dead link is noticed sooner', kLearn, async (page) => {
  await start(page);
  server.freeze();
  const begin = Date.now();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await until('a new link', () => tab().connections === 2);
  assert.ok(Date.now() - begin < 3000, `${Date.now() - begin} ms`);
});

await check('what was said while the link was dead is told by the new one', kCreate, async (page) => {
  await start(page);
  await page.locator('input[name=length]').fill('300');
  await page.click('[data-action="record-right"]');
  await page.waitForSelector('.rec-badge:not(.hidden)', {timeout: 30000});
  const pictures = tab().pictures;
  await until('pictures of the take are answered', () => tab().pictures > pictures + 5);  // so the request was
  await noticed_ms(page);
  await until('a new link', () => tab().connections === 2);
  await page.waitForTimeout(300);
  assert.ok(!tab().asked.includes('cancel') && tab().asked.filter((type) => type === 'record').length === 1, `${tab().asked}`);
  await page.click('[data-action="stop-take"]');
  await page.locator('.timeline .span').first().waitFor();
});

await check('a take that ends on a dead link is not lost', kCreate, async (page) => {
  await start(page);
  await page.locator('input[name=length]').fill('300');
  await page.click('[data-action="record-right"]');
  await page.waitForSelector('.rec-badge:not(.hidden)', {timeout: 30000});
  server.freeze();
  await page.click('[data-action="stop-take"]');  // goes nowhere
  await page.locator('.timeline .span').first().waitFor({timeout: 20000});
});

await check('what was asked of a dead link is asked again of the new one, and nothing else', kLearn, async (page) => {
  await start(page);
  await page.waitForTimeout(500);
  server.freeze();
  await page.locator('main').focus();
  await page.keyboard.press('r');
  await until('the count is begun anew over the new link', () => tab().connections === 2 && tab().asked.includes('reset'));
  assert.deepEqual(tab().asked.filter((type) => type !== 'ping'), ['learn', 'reset']);
});

await check('the screen stays on while a camera is on, and only then', kLearn, async (page) => {
  const held = () => page.evaluate(() => locks.held);
  assert.equal(await held(), 0);
  await start(page);
  assert.equal(await held(), 1);
  await page.evaluate(() => { become(true); newest_lock.release(); });  // browsers let go of it
  assert.equal(await held(), 0);
  await page.evaluate(() => become(false));
  await until('it is asked for again', async () => (await held()) === 1);
  await page.getByRole('button', {name: 'Stop camera'}).click();
  await until('it is given back', async () => (await held()) === 0);
  await page.evaluate(() => { become(true); become(false); });
  assert.equal(await held(), 0);
});

await check('a browser without screen locks works as before', kLearn, start,
            {before: () => Object.defineProperty(navigator, 'wakeLock', {value: undefined, configurable: true})});

await check('a muted camera is waited for: nothing is sent, and the page does not say "step back"', kLearn, async (page) => {
  await start(page);
  await page.evaluate(() => { globalThis.opened = navigator.mediaDevices.getUserMedia; navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError')); });
  await page.evaluate(() => mute(true));
  await page.locator('.stage-cover', {hasText: 'gives no picture'}).waitFor();
  await page.waitForTimeout(300);
  const {pictures} = tab();
  await page.waitForTimeout(2500);
  assert.equal(tab().pictures, pictures);
  assert.ok(await page.locator('.hint').isHidden());
  if (shots) await page.screenshot({path: join(shots, 'connection-muted.png')});
  await page.evaluate(() => mute(false));
  await until('pictures again', () => tab().pictures > pictures + 2);
  assert.ok(await page.locator('.stage-cover').isHidden());
  assert.equal(tab().connections, 1, 'the same sitting');
});

await check('a camera that stays mute is opened anew', kLearn, async (page) => {
  await start(page);
  await page.evaluate(() => mute(true));
  await page.locator('.stage-cover', {hasText: 'gives no picture'}).waitFor();
  const {pictures} = tab();
  await until('pictures again', () => tab().pictures > pictures + 2);
  assert.equal(tab().connections, 1);
});

await check('a camera that is taken away is looked for, and the count is kept', kLearn, async (page) => {
  await start(page);
  await page.evaluate(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => (globalThis.is_back ? open(wanted) : Promise.reject(new DOMException('', 'NotFoundError')));
    track().dispatchEvent(new Event('ended'));
  });
  await page.locator('.stage-cover', {hasText: 'unplugged'}).waitFor();
  const before = await counted(page);
  await page.waitForTimeout(2500);
  assert.ok(await page.locator('.stage-cover', {hasText: 'unplugged'}).isVisible(), 'still waiting');
  assert.equal(await page.evaluate(() => locks.held), 0);
  await page.evaluate(() => { globalThis.is_back = true; });
  const {pictures} = tab();
  await until('pictures again', () => tab().pictures > pictures + 2);
  assert.deepEqual(await counted(page), before);
  assert.equal(tab().connections, 1, 'the same sitting');
});

await check('a page in the background says nothing about what it cannot see', kLearn, async (page) => {
  await start(page);
  await page.locator('.hint:not(.hidden)').waitFor();
  await page.evaluate(() => become(true));
  await until('no advice', () => page.locator('.hint').isHidden());
  await page.waitForTimeout(500);
  assert.ok(await page.locator('.hint').isHidden());
  await page.evaluate(() => become(false));
  await page.locator('.hint:not(.hidden)').waitFor();
});

await check('a page that comes back out of the browser\'s memory goes on', kLearn, async (page) => {
  await start(page);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true})));
  const {pictures} = tab();
  await page.waitForTimeout(500);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})));
  await until('pictures again', () => tab().pictures > pictures + 2);
});

/// What browsers do with a canvas: [name, what happens to the values read back, whether pages can use it].
const kReadouts = [['noise', () => Math.random() * 256, false], ['white', () => 255, false], ['single values changed by one', (value) => value ^ (Math.random() < 0.2 ? 1 : 0), true]];
for (const [name, change, is_fine] of kReadouts) {
  await check(`canvas read-outs: ${name}`, kLearn, async (page) => {
    await page.click('[data-action="start-camera"]');
    if (is_fine) return page.waitForSelector('.live-figures:not(.hidden)');
    await page.locator('.stage-cover[role=alert]', {hasText: 'canvas data'}).waitFor();
    assert.equal(server.lines.tabs.size, 0, 'no picture was sent');
    await page.evaluate(() => { globalThis.is_allowed = true; });
    return start(page);
  }, {width: 390, height: 844, before: `(() => {
    const change = ${change};
    const read = CanvasRenderingContext2D.prototype.getImageData;
    const spoilt = (image) => { if (!globalThis.is_allowed) for (let i = 0; i < image.data.length; ++i) if (i % 4 !== 3) image.data[i] = change(image.data[i]); return image; };
    CanvasRenderingContext2D.prototype.getImageData = function (...where) { return spoilt(read.apply(this, where)); };
    const blob = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (...how) {
      const context = this.getContext('2d');
      context.putImageData(spoilt(read.call(context, 0, 0, this.width, this.height)), 0, 0);
      return blob.apply(this, how);
    };
  })()`});
}

await browser.close();
server.close();
console.log(`${passed} passed, 0 failed`);
process.exit(0);
