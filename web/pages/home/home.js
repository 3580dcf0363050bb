// SPDX-License-Identifier: Apache-2.0
// The crafts of the folder as cards.

import {api} from '../../shared/api.js';
import {add, button, h, icon, icon_button, replace, replace_in_place} from '../../shared/dom.js';
import {say} from '../../shared/sentences.js';
import {ask, attempt, make_shell, show_failure, toast} from '../../shared/shell.js';
import {site} from '../../shared/site.js';
import {preview_of} from '../../shared/teacher.js';
import {text} from '../../shared/texts.js';

const main = make_shell('home');
let crafts = [];
let is_read_only = false;
let largest_import = Infinity;

const grid = h('div', {class: 'cards'});
const search = h('input', {type: 'search', placeholder: text('search'), 'aria-label': text('search'), oninput: () => show_cards()});
const chooser = h('input', {type: 'file', accept: '.kata', multiple: true, class: 'hidden', 'aria-label': text('import_craft'),
  onchange: () => take_files(chooser.files)});

function quality_chip(craft) {
  if (!craft.trained) return h('span', {class: 'chip'}, text('not_trained'));
  if (craft.trained.is_stale) return h('span', {class: 'chip unsure'}, text('needs_training'));
  const accuracy = craft.trained.report?.accuracy;
  return h('span', {class: 'chip accent'}, icon_small(),
    typeof accuracy === 'number' ? text(craft.trained.report.only_right ? 'right_judged_right' : 'judged_right', {percent: Math.round(accuracy * 100)}) : text('trained'));
}

function icon_small() {
  const mark = icon('check');
  mark.setAttribute('width', '14');
  mark.setAttribute('height', '14');
  return mark;
}

function preview(craft) {
  const first = craft.movements.find((movement) => movement.has_video) ?? craft.movements.find((movement) => movement.preview !== null);
  return h('div', {class: 'card-preview'}, preview_of(craft, first)?.element ?? h('img', {src: site('shared/icon.svg'), alt: ''}));
}

function menu(craft) {
  const items = h('div', {class: 'menu-items hidden', role: 'menu'});
  const open = icon_button(text('more', {name: craft.name}), 'dots', () => show(items.classList.contains('hidden')),
                           {kind: 'quiet', 'aria-haspopup': 'menu', 'aria-expanded': 'false'});
  const show = (is_open) => {
    items.classList.toggle('hidden', !is_open);
    open.setAttribute('aria-expanded', String(is_open));
    if (is_open) items.querySelector('.button')?.focus();
  };
  const item = (label, action) => button(label, () => { show(false); open.focus(); attempt(action); }, {role: 'menuitem'});
  const file = h('a', {class: 'button', role: 'menuitem'}, text('export'));
  api.link_file(file, craft.id);
  add(items, [
    !is_read_only && item(text('rename'), async () => {
      const name = await ask(text('craft_name'), craft.name);
      if (name) { await api.retitle(craft.id, {name}); await load(); }
    }),
    !is_read_only && item(text('duplicate'), async () => {
      await api.duplicate(craft.id);
      toast(text('duplicated', {name: craft.name}));
      await load();
    }),
    file,
    !is_read_only && item(text('delete'), async () => {
      await api.remove(craft.id);
      await load();
      toast(text('deleted', {name: craft.name}), {undo: async () => { await api.restore(craft.id); await load(); }});
    }),
  ]);
  const box = h('div', {class: 'menu'}, open, items);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { show(false); open.focus(); }
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step || items.classList.contains('hidden')) return;
    event.preventDefault();
    const all = [...items.children];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) show(false); });
  return box;
}

function card(craft) {
  const link = `?craft=${encodeURIComponent(craft.id)}`;
  if (craft.problem) {
    return h('article', {class: 'card'}, h('div', {class: 'card-preview'}, icon('question')),
      h('div', {class: 'card-body'}, h('h2', {}, craft.name), h('p', {class: 'notice wrong'}, `${text('damaged')}: ${say(craft.problem)}`)));
  }
  const count = craft.movements.length;
  return h('article', {class: 'card'}, preview(craft),
    h('div', {class: 'card-body'},
      h('div', {},
        h('h2', {}, h('a', {href: site(`learn/${link}`)}, craft.name)),
        craft.author && h('p', {class: 'small muted'}, text('by_author', {author: craft.author}))),
      craft.description && h('p', {class: 'card-text'}, craft.description),
      h('div', {class: 'row'}, quality_chip(craft),
        h('span', {class: 'chip'}, count === 1 ? text('movement_1') : text('movements_n', {n: count})),
        h('span', {class: 'chip'}, text('repetitions_n', {n: craft.repetitions})),
        craft.price_note && h('span', {class: 'chip'}, craft.price_note)),
      h('div', {class: 'card-foot'},
        h('a', {class: 'button primary grow', href: site(`learn/${link}`)}, text('learn')),
        !is_read_only && h('a', {class: 'button grow', href: site(`create/${link}`)}, text('edit')),
        menu(craft))));
}

function show_cards() {
  const query = search.value.trim().toLocaleLowerCase();
  const words = (craft) => [craft.name, craft.description, craft.author, ...craft.movements.map((movement) => movement.name)]
    .join('\n').toLocaleLowerCase();
  const found = crafts.filter((craft) => words(craft).includes(query));
  if (crafts.length === 0) {
    replace(grid);
    main.querySelector('.empty')?.remove();
    grid.before(h('div', {class: 'empty'}, h('h2', {}, text('no_crafts')), h('p', {}, text('no_crafts_text'))));
    return;
  }
  main.querySelector('.empty')?.remove();
  replace_in_place(grid, '.card', found.length ? found.map(card) : h('p', {class: 'muted'}, text('nothing_found', {query: search.value})));
}

async function take_files(files) {
  for (const file of files) {
    if (file.size > largest_import) {  // before it is sent: half of it would be sent for nothing
      toast(text('too_large', {name: file.name, size: (largest_import / 2 ** 30).toFixed(1)}), {is_wrong: true});
      continue;
    }
    const craft = await attempt(() => api.import_file(file));
    if (craft) toast(text('imported', {name: craft.name}));
  }
  await load();
}

async function load() {
  const answer = await api.crafts();
  crafts = answer.crafts;
  show_cards();
}

function listen_for_drops() {
  document.body.dataset.drop = text('drop_here');
  let depth = 0;
  const over = (change) => { depth += change; document.body.classList.toggle('dropping', depth > 0); };
  document.addEventListener('dragenter', (event) => { event.preventDefault(); over(1); });
  document.addEventListener('dragleave', () => over(-1));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    over(-depth);
    take_files(event.dataTransfer.files);
  });
}

try {
  const status = await api.status();
  is_read_only = status.read_only;
  largest_import = status.largest_import ?? Infinity;
  document.getElementById('foot-status').textContent = `Kata ${status.version}`;
  replace(main,
    h('div', {class: 'hero'},
      h('div', {}, h('h1', {}, text('home_title')), h('p', {class: 'lead'}, text('home_lead'))),
      !is_read_only && h('div', {class: 'row'},
        h('a', {class: 'button primary', href: site('create/')}, icon('plus'), text('new_craft')),
        button(text('import_craft'), () => chooser.click(), {symbol: 'upload'}), chooser)),
    h('div', {class: 'tools'}, search), grid);
  await load();
  if (status.recovered > 0) toast(text('recovered_n', {n: status.recovered}));
  if (!is_read_only) listen_for_drops();
} catch (error) {
  show_failure(main, error);
}
