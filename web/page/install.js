// SPDX-License-Identifier: Apache-2.0
// What a page without a server owes its visitor: it works offline, offers a newer release, and says where nothing is kept.

import {button, h} from '../shared/dom.js';
import {toast} from '../shared/shell.js';
import {site} from '../shared/site.js';
import {text} from '../shared/texts.js';

function offer_update(waiting) {
  const note = h('div', {class: 'toast'}, h('p', {}, text('page_update')),
    button(text('page_update_now'), () => waiting.postMessage('take over'), {kind: 'tiny'}));
  document.getElementById('toasts')?.append(note);
}

function listen_for_updates(registration) {
  const look_at = (worker) => worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && navigator.serviceWorker.controller) offer_update(worker);
  });
  if (registration.waiting && navigator.serviceWorker.controller) offer_update(registration.waiting);
  look_at(registration.installing);
  registration.addEventListener('updatefound', () => look_at(registration.installing));
}

/// Once, when the page is complete: what the first visit needs comes first.
export async function install() {
  if (!navigator.serviceWorker) return;
  const had_one = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => had_one && location.reload());
  try {
    listen_for_updates(await navigator.serviceWorker.register(site('sw.js'), {scope: site('./')}));
  } catch { /* a host without https, or a private window: it works, but not offline */ }
}

/// Says what became of what the visitor made.
export function tell_about(message) {
  if (message.type === 'ready' && message.store === 'memory') toast(text('page_not_kept'));
  if (message.type === 'ready' && message.store === 'read') toast(text('page_other_tab'));
  if (message.type === 'slow') toast(text('page_slow', {n: Math.round(message.rate_hz)}));
  if (message.type === 'trouble') toast(text('page_disk_full'), {is_wrong: true});
  if (message.type === 'failed') toast(text('page_failed', {why: message.text}), {is_wrong: true});
}
