// SPDX-License-Identifier: Apache-2.0
// The page in Firefox as it comes, and in one that hides pictures from pages: the first one learns, the second is told what to
// allow. Golden messages answer; skipped, with the reason, where Firefox is not.

import assert from 'node:assert/strict';
import {skip} from './browser.mjs';
import {find_firefox, Firefox} from './firefox.mjs';
import {golden_server} from './golden_server.mjs';
import {has_site, site_folder, StaticHost} from './static_host.mjs';

if (!find_firefox()) skip('Firefox is not installed (apt-get install firefox-esr)');
const server = await golden_server();
const page = `http://localhost:${server.address().port}/learn/?craft=0123456789abcdef`;
const click = 'document.querySelector(\'[data-action="start-camera"]\').click() || true';

async function with_firefox(settings, act) {
  const browser = await Firefox.start({'intl.accept_languages': 'en-GB', ...settings});
  try {
    await browser.goto(page);
    await browser.until('document.querySelector(\'[data-action="start-camera"]\') !== null');
    await browser.evaluate(click);
    await act(browser);
  } finally {
    await browser.end();
  }
}

await with_firefox({'privacy.resistFingerprinting': true}, async (browser) => {
  await browser.until('/canvas data/.test(document.querySelector(".stage-cover[role=alert]")?.innerText)');
  assert.equal(server.lines.tabs.size, 0, 'no noise was sent');
});
console.log('ok: a Firefox that hides pictures is told what to allow');

await with_firefox({}, async (browser) => {
  await browser.until('document.querySelector(".live-figures:not(.hidden)") !== null');
  assert.ok([...server.lines.tabs.values()][0].pictures > 0);
});
console.log('ok: Firefox as it comes learns');

/// The page without a server: its module, its storage and its camera.
async function use_page(host) {
  const browser = await Firefox.start({'intl.accept_languages': 'en-GB'});
  try {
    await browser.goto(`${host.address}create/`);
    await browser.until('document.querySelector("input[name=name]") !== null');
    await browser.evaluate('[["name", "Carpentry"], ["movement-1", "hammer"]].forEach(([name, value]) => { document.querySelector(`input[name=${name}]`).value = value; }) || true');
    await browser.evaluate('document.querySelector("button[type=submit]").click() || true');
    await browser.until('document.querySelector(".tab") !== null');
    await browser.evaluate(click);
    await browser.until('document.querySelector(".live-figures:not(.hidden)") !== null', 120);
    console.log(`Firefox without a server: ${await browser.evaluate('document.querySelector(".live-figures").innerText')}`);
    await browser.goto(host.address);
    await browser.until('document.querySelector(".card h2")?.innerText === "Carpentry"');
  } finally {
    await browser.end();
  }
}

server.close();
let passed = 2;
if (has_site()) {
  const host = await StaticHost.start(site_folder);
  await use_page(host);
  host.end();
  ++passed;
  console.log('ok: Firefox works without a server');
} else {
  console.log('skipped: the page is not built; run ./dev page');
}
console.log(`${passed} passed, 0 failed`);
process.exit(0);
