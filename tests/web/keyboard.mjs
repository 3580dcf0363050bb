// SPDX-License-Identifier: Apache-2.0
// Every action of the pages by key presses alone: what is used is reached by Tab, and what was done is what the server was asked.

import assert from 'node:assert/strict';

const kMostTabs = 120;

/// Presses Tab until the element has the focus.
async function tab_to(page, wanted) {
  await wanted.waitFor();
  for (let i = 0; i < kMostTabs; ++i) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`not reached by Tab: ${await wanted.evaluate((element) => element.outerHTML.slice(0, 120))}`);
}

async function press_at(page, wanted, key = 'Enter') {
  await tab_to(page, wanted);
  await page.keyboard.press(key);
}

/// Does the action and waits for the request that it must lead to; returns what was sent.
async function asks(page, method, path, act) {
  const request = page.waitForRequest((each) => each.method() === method && path.test(new URL(each.url()).pathname), {timeout: 15000});
  await act();
  return (await request).postData();
}

const has_focus = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

export async function form_by_keys(page) {
  await tab_to(page, page.locator('input[name=name]'));
  for (const [name, words] of [['name', 'Carpentry'], ['description', 'Hammering'], ['author', 'Aiko'], ['price', '5 €']]) {
    await tab_to(page, page.locator(`form [name=${name}]`));
    await page.keyboard.type(words);
  }
  await tab_to(page, page.locator('input[name=movements]'));
  await page.keyboard.press('ArrowUp');
  await tab_to(page, page.locator('input[name=movement-2]'));
  await page.keyboard.type('saw');
  const sent = JSON.parse(await asks(page, 'POST', /^\/api\/crafts$/, () => press_at(page, page.locator('button[type=submit]'))));
  assert.deepEqual(sent, {name: 'Carpentry', description: 'Hammering', author: 'Aiko', price_note: '5 €', movements: ['Movement 1', 'saw']});
}

export async function take_by_keys(page) {
  await press_at(page, page.locator('[data-action="start-camera"]'));
  await page.waitForSelector('.live-figures:not(.hidden)');
  await press_at(page, page.locator('[data-action="record-wrong"]'), 'Space');
  await has_focus(page, '[data-action="stop-take"]');
  await page.waitForSelector('.rec-badge:not(.hidden)', {timeout: 30000});
  await page.keyboard.press('Enter');  // ends the take
  await page.locator('.edge').first().waitFor({timeout: 30000});
  await tab_to(page, page.locator('.edge').nth(1));
  await asks(page, 'PUT', /\/edges$/, () => page.keyboard.press('ArrowLeft'));
  await page.locator('.toast', {hasText: 'The cut was moved'}).waitFor();
  await asks(page, 'PUT', /\/edges$/, () => page.keyboard.press('Control+z'));
}

export async function repetitions_by_keys(page) {
  await press_at(page, page.getByRole('tab', {name: /saw/}));
  await has_focus(page, '.tab[aria-selected="true"]');
  const first = page.locator('.repetitions').first().locator('.repetition').first();
  await asks(page, 'DELETE', /\/repetitions\/1$/, () => press_at(page, first.getByRole('button', {name: 'Delete'})));
  await page.locator('.toast', {hasText: 'was deleted'}).waitFor();
  await has_focus(page, '.repetition .actions .button');  // and not the top of the page
  await asks(page, 'POST', /\/repetitions\/1\/restore$/, () => page.keyboard.press('Control+z'));
  await press_at(page, first.getByRole('button', {name: 'Mark as wrong'}));
  await has_focus(page, 'dialog input');
  await page.keyboard.type('too soft');
  const sent = await asks(page, 'PATCH', /\/repetitions\/1$/, () => page.keyboard.press('Enter'));
  assert.deepEqual(JSON.parse(sent), {label: 'incorrect', mistake: 'too soft'});
  await press_at(page, page.locator('details > summary', {hasText: /removed|deleted/i}));
  await asks(page, 'POST', /\/repetitions\/5\/restore$/, () => press_at(page, page.locator('details .repetition .actions .button')));
  await asks(page, 'POST', /\/training$/, () => press_at(page, page.locator('[data-action="train"]')));
}

export async function titles_by_keys(page) {
  await press_at(page, page.locator('[data-action="edit-title"]'));
  await has_focus(page, 'dialog input');
  await page.keyboard.type('Joinery');
  assert.equal(JSON.parse(await asks(page, 'PATCH', /^\/api\/crafts\/\w+$/, () => page.keyboard.press('Enter'))).name, 'Joinery');
  await press_at(page, page.locator('[data-action="add-movement"]'));
  await has_focus(page, 'dialog input');
  await page.keyboard.type('chisel');
  assert.deepEqual(JSON.parse(await asks(page, 'POST', /\/movements$/, () => page.keyboard.press('Enter'))), {name: 'chisel'});
}

export async function lesson_by_keys(page) {
  await press_at(page, page.getByRole('button', {name: '½×'}));
  assert.equal(await page.getByRole('button', {name: '½×'}).getAttribute('aria-pressed'), 'true');
  const movements = page.locator('select[name=movement]');
  if (await movements.count()) {
    await tab_to(page, movements);
    await page.keyboard.press('ArrowDown');
  }
  await press_at(page, page.locator('[data-action="start-camera"]'));
  await page.waitForSelector('.verdict-card.wrong');
  const left = page.getByRole('button', {name: 'Left-handed'});
  await press_at(page, left, 'Space');
  assert.equal(await left.getAttribute('aria-pressed'), 'true');
  await press_at(page, page.getByRole('button', {name: 'Stop camera'}));
  await page.locator('[data-action="start-camera"]').waitFor();
}

export async function crafts_by_keys(page) {
  const chooser = page.waitForEvent('filechooser');
  await press_at(page, page.getByRole('button', {name: 'Import a .kata file'}));
  await asks(page, 'POST', /\/import$/, async () => (await chooser).setFiles({name: 'sent.kata', mimeType: 'application/octet-stream', buffer: Buffer.from('craft')}));
  const menu = page.getByRole('button', {name: /^More actions/}).first();
  await tab_to(page, menu);
  const choose = async (steps) => {
    await page.keyboard.press('Enter');
    for (let i = 0; i < steps; ++i) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };
  await asks(page, 'POST', /\/duplicate$/, () => choose(1));
  await page.locator('.toast', {hasText: 'was duplicated'}).waitFor();
  await has_focus(page, '.menu > .button');
  await asks(page, 'DELETE', /^\/api\/crafts\/\w+$/, () => choose(3));
  await page.locator('.toast', {hasText: 'was deleted'}).waitFor();
  await asks(page, 'POST', /\/restore$/, () => page.keyboard.press('Control+z'));
}
