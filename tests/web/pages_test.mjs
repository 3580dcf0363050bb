// SPDX-License-Identifier: Apache-2.0
// The pages with golden messages in real Chromium: they show what they are told, by keyboard too, in both languages,
// without serious findings of axe-core. `SHOTS=folder` keeps pictures.

import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {kTexts} from '../../web/shared/texts.js';
import {find_browser, launch, skip} from './browser.mjs';
import {golden_server} from './golden_server.mjs';

const shots = process.env.SHOTS;
const only = process.env.ONLY;
const kCraft = '?craft=0123456789abcdef';
const kPages = [['home', '/'], ['learn', `/learn/${kCraft}`], ['create', `/create/${kCraft}`], ['new', '/create/'], ['pick', '/learn/'], ['about', '/about/']];
const kLooks = [['desktop-light', 1280, 860, 'light'], ['phone-dark', 390, 844, 'dark'], ['desktop-dark', 1280, 860, 'dark'], ['phone-light', 390, 844, 'light']];

for (const [key, words] of Object.entries(kTexts)) {
  assert.equal(words.length, 2, key);
  assert.ok(words.every((word) => word.trim().length > 0), `no text for ${key}`);
  const names = words.map((word) => (word.match(/\{\w+\}/g) ?? []).sort().join());
  assert.equal(names[0], names[1], `${key}: the languages name different values`);
}

let tools;
try {
  tools = await find_browser();
} catch (error) {
  skip(error.message);
}
const axe_path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const server = await golden_server();
const origin = `http://localhost:${server.address().port}`;
const browser = await launch(tools);

async function open(path, {width, height, scheme, locale = 'en-GB'}) {
  const context = await browser.newContext({viewport: {width, height}, colorScheme: scheme, locale, permissions: ['camera'], bypassCSP: true});
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(origin + path, {waitUntil: 'networkidle'});
  return {context, page, problems};
}

async function check_access(page, name) {
  await page.addScriptTag({path: axe_path});
  const {violations} = await page.evaluate(() => globalThis.axe.run());
  const serious = violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
  assert.deepEqual(serious.map((violation) => `${violation.id}: ${violation.nodes[0].html} ${violation.nodes[0].failureSummary}`), [], name);
}

async function look_at(name, path, [look, width, height, scheme]) {
  const {context, page, problems} = await open(path, {width, height, scheme});
  await page.waitForSelector('main > *');
  if (name === 'learn' || name === 'create') {
    await page.click('[data-action="start-camera"]');
    await page.waitForSelector('.live-figures:not(.hidden)');
    if (name === 'learn') await page.waitForSelector('.verdict-card.wrong');
  }
  await page.waitForTimeout(300);
  if (shots) await page.screenshot({path: join(shots, `${name}-${look}.png`), fullPage: true});
  const width_of_page = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width_of_page <= width, `${name} ${look}: wider than the window (${width_of_page})`);
  await check_access(page, `${name} ${look}`);
  assert.deepEqual(problems, [], `${name} ${look}`);
  await context.close();
}

async function home_by_keyboard() {
  const {context, page} = await open('/', {width: 1000, height: 800, scheme: 'light', locale: 'es-ES'});
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
  await page.locator('input[type=search]').fill('joinery');
  assert.equal(await page.locator('.card').count(), 1);
  await page.keyboard.press('Tab');
  for (let i = 0; i < 4; ++i) await page.keyboard.press('Tab');
  await page.locator('.menu > .button').focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('.menu-items').isVisible());
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('.menu-items').isVisible()));
  await context.close();
}

async function verdict_says_why() {
  const {context, page} = await open(`/learn/${kCraft}`, {width: 1200, height: 800, scheme: 'light'});
  await page.click('[data-action="start-camera"]');
  await page.waitForSelector('.verdict-card.wrong');
  const card = await page.locator('.verdict-card').innerText();
  assert.match(card, /Wrong · 54/);
  assert.match(card, /elbow out/);
  assert.match(await page.locator('.hint').innerText(), /left hand/);
  assert.equal(await page.locator('.count.right b').innerText(), '4');
  assert.match(await page.evaluate(() => localStorage.getItem('kata.sittings.0123456789abcdef')), /"correct":4/);
  await context.close();
}

const looks = only ? kLooks.filter(([look]) => only.includes(look)) : kLooks;
for (const look of looks) {
  for (const [name, path] of kPages) await look_at(name, path, look);
}
await home_by_keyboard();
await verdict_says_why();
await browser.close();
server.close();
console.log(`${looks.length * kPages.length + 2} passed, 0 failed`);
process.exit(0);
