// SPDX-License-Identifier: Apache-2.0
// The page without a server, but for its camera: what is kept between visits and against a second tab, offline after one
// visit, a newer release, barriers in both sizes, where requests go. (The flows are learner_page_test and studio_page_test.)

import assert from 'node:assert/strict';
import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {find_browser, launch, serious_barriers, skip} from './browser.mjs';
import {temporary_folder} from './program.mjs';
import {has_site, site_folder, StaticHost} from './static_host.mjs';

let tools;
try {
  tools = await find_browser();
} catch (error) {
  skip(error.message);
}
if (!has_site()) skip('the page is not built; run ./dev page');

const folder = temporary_folder('page');
const site = join(folder, 'site');
cpSync(site_folder, site, {recursive: true});
const host = await StaticHost.start(site);
const browser = await launch(tools);
let passed = 0;

async function test(name, act, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, locale: 'en-GB', ...options});
  const problems = [];
  const hosts = new Set();
  context.on('request', (request) => request.url().startsWith('http') && hosts.add(new URL(request.url()).origin));
  const open = async (path) => {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(host.address + path);
    return page;
  };
  await act({open, context});
  assert.deepEqual(problems, [], `${name}: nothing on the console`);
  assert.deepEqual([...hosts], [host.origin], `${name}: no request to another host`);
  await context.close();
  ++passed;
  console.log(`ok: ${name}`);
}

async function make_craft(page, name) {
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=movement-1]').fill('hammer');
  await page.click('button[type=submit]');
  await page.waitForSelector('.tab');
}

const shows_cards = (page, names) => page.waitForFunction((wanted) =>
  [...document.querySelectorAll('.card h2')].map((each) => each.innerText).sort().join() === wanted, names.join());

/// Until all of the release is there and the service worker looks after the page.
const is_installed = (page) => page.evaluate(async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
});

await test('what is made is there at the next visit', async ({open}) => {
  await make_craft(await open('create/'), 'Carpentry');
  await shows_cards(await open(''), ['Carpentry']);
});

await test('a second tab may look, and says why it may not change anything', async ({open}) => {
  const first = await open('create/');
  await make_craft(first, 'Carpentry');
  const second = await open('');
  await second.locator('.toast', {hasText: 'Another tab has your crafts open'}).waitFor();
  await shows_cards(second, ['Carpentry']);
  assert.equal(await second.getByRole('link', {name: 'Edit'}).count(), 0);
  await first.close();
  await second.reload();
  await second.getByRole('link', {name: 'Edit'}).waitFor();
});

await test('a craft opens by its address on the same site, once', async ({open}) => {
  const maker = await open('create/');
  await make_craft(maker, 'Carpentry');
  const [download] = await Promise.all([maker.waitForEvent('download'), maker.getByRole('link', {name: 'Export'}).click()]);
  await download.saveAs(join(site, 'shared by a friend.kata'));
  for (let i = 0; i < 2; ++i) {
    const page = await open('');
    await maker.close();
    await page.goto(`${host.address}create/?craft=../shared%20by%20a%20friend.kata`);
    await page.waitForSelector('.tab');
    assert.match(page.url(), /craft=[0-9a-f]{16}$/);
    await page.goto(host.address);
    await shows_cards(page, ['Carpentry', 'Carpentry']);
    await page.close();
  }
});

await test('it works without a network after one visit', async ({open, context}) => {
  const page = await open('create/');
  await make_craft(page, 'Carpentry');
  await is_installed(page);
  await context.setOffline(true);
  host.pause();
  for (const path of ['', 'learn/', 'create/', 'about/']) {
    await page.goto(host.address + path);
    await page.locator('h1').waitFor();
  }
  await page.goto(host.address);
  await shows_cards(page, ['Carpentry']);
  host.go_on();
});

await test('a newer release is offered, and taken when it is wanted', async ({open}) => {
  const page = await open('');
  await page.locator('h1').waitFor();
  await is_installed(page);
  const before = JSON.parse(readFileSync(join(site, 'site.json'), 'utf8'));
  const release = before.release.split('').reverse().join('');
  for (const name of ['site.json', 'sw.js']) {
    writeFileSync(join(site, name), readFileSync(join(site, name), 'utf8').replace(before.release, release).replace(before.version, '9.9.9'));
  }
  const module = readFileSync(join(site, before.module));
  for (const [from] of [[before.module], [before.relaxed]]) writeFileSync(join(site, from.replace(before.version, '9.9.9')), module);
  const text = readFileSync(join(site, 'site.json'), 'utf8').replaceAll(before.version, '9.9.9');
  writeFileSync(join(site, 'site.json'), text);
  await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update(); });
  await page.locator('.toast', {hasText: 'newer release'}).waitFor();
  assert.match(await page.locator('#foot-status').innerText(), new RegExp(before.version.replaceAll('.', '\\.')));
  await page.reload();
  await page.locator('h1').waitFor();
  assert.match(await page.locator('#foot-status').innerText(), new RegExp(before.version.replaceAll('.', '\\.')), 'not before it is wanted');
  await page.locator('.toast', {hasText: 'newer release'}).getByRole('button').click();
  await page.locator('#foot-status', {hasText: '9.9.9'}).waitFor();
});

for (const [size, options] of [['desktop', {}], ['phone', {viewport: {width: 390, height: 844}, isMobile: true, hasTouch: true}]]) {
  await test(`no serious barriers, and the focus walks through, on a ${size}`, async ({open}) => {
    for (const path of ['', 'learn/', 'create/', 'about/']) {
      const page = await open(path);
      await page.locator('h1').waitFor();
      assert.deepEqual(await serious_barriers(page), [], path);
      const stops = new Set();
      for (let i = 0; i < 6; ++i) {
        await page.keyboard.press('Tab');
        stops.add(await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120)));
      }
      assert.ok(stops.size >= 5, `${path}: ${[...stops].join('\n')}`);
      await page.close();
    }
  }, options);
}

await browser.close();
host.end();
console.log(`${passed} passed, 0 failed`);
process.exit(0);
