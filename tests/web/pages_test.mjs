// SPDX-License-Identifier: Apache-2.0
// The pages with golden messages in real Chromium: they show what they are told, by keyboard too, in both languages,
// without serious findings of axe-core. `SHOTS=folder` keeps pictures.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {kTexts} from '../../web/shared/texts.js';
import {find_browser, launch, serious_barriers, skip} from './browser.mjs';
import {golden, golden_server} from './golden_server.mjs';
import * as by_keys from './keyboard.mjs';
import {schema_problems} from './schema.mjs';

const shots = process.env.SHOTS;
const only = process.env.ONLY;
const kCraft = '?craft=0123456789abcdef';
const kPages = [['home', '/'], ['learn', `/learn/${kCraft}`], ['create', `/create/${kCraft}`], ['new', '/create/'], ['pick', '/learn/'], ['about', '/about/']];
const kLooks = [['desktop-light', 1280, 860, 'light'], ['phone-dark', 390, 844, 'dark'], ['desktop-dark', 1280, 860, 'dark'], ['phone-light', 390, 844, 'light']];

const api = JSON.parse(readFileSync(new URL('../../api/http-openapi.json', import.meta.url)));
const kMessages = {crafts: 'Crafts', craft: 'Craft', repetition: 'Repetition', take: 'Take', training: 'Training', 'live-ready': 'LiveReady',
  'live-frame': 'LiveFrame', 'live-verdict': 'LiveVerdict', 'live-take': 'LiveTake', 'live-error': 'LiveError', 'live-hello': 'LiveHello'};
for (const [name, schema] of Object.entries(kMessages)) {
  const message = JSON.parse(golden(name));
  assert.deepEqual(schema_problems(message, {$ref: `#/components/schemas/${schema}`}, api), [], name);
  const [first] = Object.keys(message);
  assert.notDeepEqual(schema_problems({...message, [first]: undefined, ...Object.fromEntries([[first, {}]])}, {$ref: `#/components/schemas/${schema}`}, api), [], `${name}: a wrong ${first} is seen`);
}

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
const server = await golden_server();
const origin = `http://localhost:${server.address().port}`;
const browser = await launch(tools);

async function open(path, {width, height, scheme, locale = 'en-GB'}) {
  const context = await browser.newContext({viewport: {width, height}, colorScheme: scheme, locale, permissions: ['camera']});
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(origin + path, {waitUntil: 'networkidle'});
  return {context, page, problems};
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
  assert.deepEqual(await serious_barriers(page), [], `${name} ${look}`);
  assert.deepEqual(problems, [], `${name} ${look}`);
  await context.close();
}

/// Every visible thing that can be used is reached by the Tab key alone, and shows that it has the focus.
async function all_by_tab(name, path) {
  const {context, page} = await open(path, {width: 1280, height: 900, scheme: 'light'});
  await page.waitForSelector('main > *');
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
    const usable = all.filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.disabled);
    usable.forEach((each, i) => { each.dataset.usable = i; });
    return usable.map((each) => each.outerHTML.slice(0, 90));
  });
  assert.ok(wanted.length >= 5, name);
  const reached = new Set();
  for (let i = 0; i < wanted.length + 12; ++i) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const here = document.activeElement;
      const style = getComputedStyle(here);
      return here?.dataset?.usable ? {index: Number(here.dataset.usable), is_shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2} : null;
    });
    if (!at) continue;
    reached.add(at.index);
    assert.ok(at.is_shown, `${name}: no sign of the focus on ${wanted[at.index]}`);
  }
  assert.deepEqual(wanted.filter((each, i) => !reached.has(i)), [], `${name}: not reached by the Tab key`);
  await context.close();
}

async function home_by_keyboard() {
  const {context, page} = await open('/', {width: 1000, height: 800, scheme: 'light', locale: 'es-ES'});
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
  await page.locator('input[type=search]').fill('joinery');
  assert.equal(await page.locator('.card').count(), 1);
  await page.locator('.menu > .button').focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('.menu-items').isVisible());
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Duplicar');
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('.menu-items').isVisible()));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');  // rename, the first of them
  assert.equal(await page.evaluate(() => document.activeElement.value), 'Japanese joinery');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({state: 'detached'});
  await context.close();
}

async function create_by_keyboard() {
  const {context, page} = await open(`/create/${kCraft}`, {width: 1200, height: 900, scheme: 'light'});
  await page.getByRole('tab', {name: /saw/}).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-action="start-camera"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.live-figures:not(.hidden)');
  await page.locator('input[name=length]').fill('3');
  await page.locator('[data-action="record-right"]').focus();
  await page.keyboard.press('Space');
  await page.waitForSelector('.countdown:not(.hidden)');
  await page.locator('.edge').first().waitFor({timeout: 30000});
  const edge = page.locator('.edge').first();
  await edge.focus();
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  assert.ok(Number(await edge.getAttribute('aria-valuenow')) > before);
  await page.locator('.toast', {hasText: 'The cut was moved'}).waitFor();
  await page.locator('.repetition .thumb .button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.repetition .thumb .button[aria-pressed="true"]').first().waitFor();
  await context.close();
}

async function learn_by_keyboard() {
  const {context, page} = await open(`/learn/${kCraft}`, {width: 1200, height: 900, scheme: 'light'});
  await page.locator('[data-action="start-camera"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.verdict-card.wrong');
  const pressed = (name) => page.getByRole('button', {name, exact: true}).getAttribute('aria-pressed');
  await page.locator('main').focus();
  for (const [key, name] of [['m', 'Mirror'], ['g', 'Ghost'], ['s', 'Sound']]) {
    assert.equal(await pressed(name), 'true');
    await page.keyboard.press(key);
    assert.equal(await pressed(name), 'false', name);
  }
  await page.keyboard.press('Space');
  await page.locator('.verdict-card', {hasText: 'Paused'}).waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('r');
  await page.locator('.verdict-card', {hasText: 'Watching'}).waitFor();
  await context.close();
}

/// Key presses alone do all that a page can do.
async function all_by_keys() {
  for (const [path, act] of [['/', by_keys.crafts_by_keys], ['/create/', by_keys.form_by_keys], [`/create/${kCraft}`, by_keys.take_by_keys],
    [`/create/${kCraft}`, by_keys.repetitions_by_keys], [`/create/${kCraft}`, by_keys.titles_by_keys], [`/learn/${kCraft}`, by_keys.lesson_by_keys]]) {
    const {context, page} = await open(path, {width: 1200, height: 900, scheme: 'light'});
    await act(page);
    await context.close();
  }
}

/// Whatever the program says in English is said in Spanish on a Spanish page.
async function spanish_throughout() {
  const {context, page} = await open(`/learn/${kCraft}`, {width: 1200, height: 800, scheme: 'light', locale: 'es-ES'});
  await page.click('[data-action="start-camera"]');
  await page.waitForSelector('.verdict-card.wrong');
  assert.match(await page.locator('.verdict-card').innerText(), /codo derecho demasiado afuera desde el 40 %, en 25°/);
  assert.match(await page.locator('.hint').innerText(), /mantén la mano izquierda en la imagen/);
  await page.goto(`${origin}/create/${kCraft}`, {waitUntil: 'networkidle'});
  assert.doesNotMatch(await page.locator('.judge').innerText(), /\b(the|right|wrong|again|label|look)\b/i);
  await context.close();
}

async function report_is_told() {
  const {context, page} = await open(`/create/${kCraft}`, {width: 1200, height: 800, scheme: 'light'});
  const report = await page.locator('.report').innerText();
  for (const fact of ['91 %', 'of 23 repetitions', '73 – 98 %', 'Guessing the commoner answer', '39 %', '56 %', 'elbow out', 'learned from the other takes only']) {
    assert.ok(report.includes(fact), fact);
  }
  await page.locator('.report .curve canvas').waitFor();
  assert.match(await page.locator('.report .curve').getAttribute('aria-label'), /3: 78 %, 5: 87 %/);
  await page.getByText('Judged wrongly: 1').click();
  await page.getByRole('button', {name: 'Look at it'}).click();
  await page.locator('[data-repetition="4"] canvas').waitFor();
  await context.close();
}

async function verdict_says_why() {
  const {context, page} = await open(`/learn/${kCraft}`, {width: 1200, height: 800, scheme: 'light'});
  await page.click('[data-action="start-camera"]');
  await page.waitForSelector('.verdict-card.wrong');
  const card = await page.locator('.verdict-card').innerText();
  assert.match(card, /Wrong · 54/);
  assert.match(card, /elbow out/);
  assert.match(await page.locator('.hint').innerText(), /keep the left hand/);
  assert.equal(await page.locator('.count.right b').innerText(), '4');
  assert.match(await page.evaluate(() => localStorage.getItem('kata.sittings.0123456789abcdef')), /"correct":4/);
  await context.close();
}

const kOnlyChecks = process.env.CHECKS !== undefined;
const looks = kOnlyChecks ? [] : only ? kLooks.filter(([look]) => only.includes(look)) : kLooks;
for (const look of looks) {
  for (const [name, path] of kPages) await look_at(name, path, look);
}
const checks = [all_by_keys, home_by_keyboard, create_by_keyboard, learn_by_keyboard, verdict_says_why, spanish_throughout, report_is_told];
if (!only) {
  for (const [name, path] of kPages) await all_by_tab(name, path);
  for (const check of checks) await check();
}
await browser.close();
server.close();
console.log(`${looks.length * kPages.length + (only ? 0 : kPages.length + checks.length)} passed, 0 failed`);
process.exit(0);
