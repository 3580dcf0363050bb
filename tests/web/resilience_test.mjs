// SPDX-License-Identifier: Apache-2.0
// What may go wrong in a studio, in real Chromium on the running program: reload, Back, two tabs, a camera that is
// refused or lost, a server that is restarted or killed, a link that goes dead. Each says what to do, and nothing that was stored is lost.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {find_browser, launch, skip} from './browser.mjs';
import {camera_clip, demo, Program, temporary_folder} from './program.mjs';
import {silent_link} from './silent_link.mjs';

let tools;
try {
  tools = await find_browser();
} catch (error) {
  skip(error.message);
}

const folder = temporary_folder('resilience');
const crafts = join(folder, 'crafts');
const clip = camera_clip(demo('hammer-teacher-right.mp4'), join(folder, 'right.mjpeg'));
let server = await Program.start(crafts);
const {port} = server;
let passed = 0;

async function open(path, act, {is_denied = false, origin = server.origin} = {}) {
  const browser = await launch(tools, clip, {is_denied});
  const context = await browser.newContext({viewport: {width: 1100, height: 800}, locale: 'en-GB', permissions: is_denied ? [] : ['camera']});
  try {
    const page = await context.newPage();
    await page.goto(origin + path, {waitUntil: 'networkidle'});
    await act(page, context);
  } finally {
    await browser.close();
  }
}

async function check(name, act) {
  const start = Date.now();
  await act();
  console.log(`ok: ${name} (${((Date.now() - start) / 1000).toFixed(0)} s)`);
  ++passed;
}

const repetitions = async (id) => (await server.json(`/api/crafts/${id}`)).repetitions;

async function until(what, holds, limit_s = 60) {
  for (let i = 0; i < limit_s * 5; ++i) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`${what}: not within ${limit_s} s`);
}

/// Begins a take and lets it run until frames of `seconds` are with the program.
async function begin_take(page, seconds) {
  await page.locator('input[name=length]').fill('120');
  await page.click('[data-action="record-right"]');
  await page.waitForSelector('.rec-badge:not(.hidden)', {timeout: 60000});
  await page.waitForTimeout(seconds * 1000);
}

const {id} = await server.json('/api/crafts', {method: 'POST', body: JSON.stringify({name: 'Carpentry', movements: ['hammer']})});
const create = `/create/?craft=${id}`;

await check('a camera that is refused: the page says how to allow it', () => open(create, async (page) => {
  await page.click('[data-action="start-camera"]');
  await page.locator('.stage-cover[role=alert]', {hasText: 'address bar'}).waitFor({timeout: 30000});
  assert.ok(await page.locator('[data-action="start-camera"]').isVisible(), 'can be tried again');
}, {is_denied: true}));

await check('a reload in the middle of a take: what was recorded is stored', () => open(create, async (page) => {
  await begin_take(page, 14);
  await page.reload({waitUntil: 'networkidle'});
  await until('the take is stored', async () => (await repetitions(id)) >= 3);
}));

const after_reload = await repetitions(id);
await check('Back in the middle of a take: what was recorded is stored', () => open('/', async (page) => {
  await page.goto(server.origin + create, {waitUntil: 'networkidle'});
  await begin_take(page, 14);
  await page.goBack({waitUntil: 'networkidle'});
  await until('the take is stored', async () => (await repetitions(id)) >= after_reload + 3);
}));

await check('two tabs: both see, and what one changes the other finds after its next step', () => open(create, async (page, context) => {
  const other = await context.newPage();
  await other.goto(server.origin + create, {waitUntil: 'networkidle'});
  for (const tab of [page, other]) {
    await tab.bringToFront();
    await tab.click('[data-action="start-camera"]');
    await tab.waitForSelector('.live-figures:not(.hidden)', {timeout: 60000});
  }
  const count = await repetitions(id);
  await other.locator('.repetition').first().getByRole('button', {name: 'Delete'}).click();
  await other.locator('.toast', {hasText: 'was deleted'}).waitFor();
  await page.bringToFront();
  const gone = page.locator('.repetition').first();
  await gone.getByRole('button', {name: 'Delete'}).click();  // has been deleted over there already
  await until('one fewer', async () => (await repetitions(id)) === count - 1);
}));

await check('a camera that is lost during a take: the page says so, the take is stored', () => open(create, async (page) => {
  const count = await repetitions(id);
  await begin_take(page, 14);
  await page.evaluate(() => document.querySelector('video.camera').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended')));
  await page.locator('.stage-cover', {hasText: 'unplugged'}).waitFor();
  await until('the take is stored', async () => (await repetitions(id)) >= count + 3);
  await page.waitForSelector('.stage-cover', {state: 'hidden', timeout: 30000});  // it is found again by itself
  await page.waitForSelector('.live-figures:not(.hidden)', {timeout: 60000});
}));

await check('kill -9 during a take: what was recorded is there after the restart', () => open(create, async (page) => {
  const count = await repetitions(id);
  await begin_take(page, 14);
  await server.end('SIGKILL');
  await page.locator('.toast', {hasText: 'What was recorded until then is stored'}).waitFor();
  server = await Program.start(crafts, {port});
  assert.ok((await repetitions(id)) >= count + 3, 'the interrupted take was cut and stored');
  assert.match(server.said(), /was interrupted last time/);
  // The page finds the server again by itself and goes on.
  await page.waitForFunction(() => document.querySelector('.rec-badge.hidden') && !document.querySelector('[data-action="record-right"]').classList.contains('hidden'));
  await until('the page shows them', async () => (await page.locator('.repetitions').first().locator('.repetition').count()) >= count + 3);
}));

async function wrong_take(page) {
  await page.locator('input[name=length]').fill('16');
  await page.locator('input[name=repetitions]').fill('');
  await page.locator('input[name=mistake]').fill('too soft');
  await page.click('[data-action="record-wrong"]');
  await page.waitForSelector('.timeline .span, .toast.wrong', {timeout: 120000});
  assert.deepEqual(await page.locator('.toast.wrong').allInnerTexts(), []);
}

await check('kill -9 during training: every repetition is there, and training can be done again', () => open(create, async (page) => {
  await wrong_take(page);
  const count = await repetitions(id);
  await page.click('[data-action="train"]');
  await until('training runs', async () => (await server.json(`/api/crafts/${id}/training`)).state === 'running', 10);
  await server.end('SIGKILL');
  server = await Program.start(crafts, {port});
  assert.equal(await repetitions(id), count);
  assert.equal((await server.json(`/api/crafts/${id}`)).trained, null, 'no half-trained judge');
  await page.reload({waitUntil: 'networkidle'});
  await page.click('[data-action="train"]');
  await page.locator('.toast', {hasText: 'Trained'}).waitFor({timeout: 240000});
}));

await check('a server restarted while somebody learns: the page goes on, the count is kept', () => open(`/learn/?craft=${id}`, async (page) => {
  await page.click('[data-action="start-camera"]');
  await until('something was counted', async () => Number(await page.locator('.count.right b').innerText()) + Number(await page.locator('.count.wrong b').innerText()) > 0, 90);
  const counted = async () => (await page.locator('.count b').allInnerTexts()).map(Number).reduce((sum, count) => sum + count, 0);
  const before = await counted();
  assert.deepEqual(await server.end('SIGTERM'), {code: 0, signal: null});
  await page.locator('.toast', {hasText: 'connection to Kata was lost'}).waitFor();
  server = await Program.start(crafts, {port});
  await until('it counts on', async () => (await counted()) > before, 90);
  await page.reload({waitUntil: 'networkidle'});
  assert.match(await page.locator('.sittings').innerText(), /right of/);
}));

const link = await silent_link(server.port);
await check('a link goes dead while somebody learns: noticed within 5 s, and the count goes on', () => open(`/learn/?craft=${id}`, async (page) => {
  await page.click('[data-action="start-camera"]');
  const counted = async () => (await page.locator('.count b').allInnerTexts()).map(Number).reduce((sum, count) => sum + count, 0);
  await until('something was counted', async () => (await counted()) > 0, 90);
  const before = await counted();
  link.die();
  const begin = Date.now();
  await page.locator('.toast', {hasText: 'connection to Kata was lost'}).waitFor();
  assert.ok(Date.now() - begin <= 5000, `${Date.now() - begin} ms`);
  await until('it counts on', async () => (await counted()) > before, 90);
  assert.ok((await counted()) < 2 * before + 3, 'nothing is counted twice');
}, {origin: link.origin}));

await check('a link goes dead during a take: the take is stored as far as it came, and shown', () => open(create, async (page) => {
  const count = await repetitions(id);
  await begin_take(page, 14);
  link.die();
  await page.locator('.timeline .span').first().waitFor({timeout: 30000});
  assert.ok((await repetitions(id)) >= count + 3);
}, {origin: link.origin}));
link.close();

await check('while the server is away pages say what to do', () => open('/', async (page) => {
  await server.end();
  await page.getByRole('button', {name: /More actions/}).first().click();
  await page.getByRole('menuitem', {name: 'Duplicate'}).click();
  await page.locator('.toast', {hasText: 'Is “kata serve” still running?'}).waitFor();
  server = await Program.start(crafts, {port});
}));

await server.end();
console.log(`${passed} passed, 0 failed`);
process.exit(0);
