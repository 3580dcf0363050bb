// SPDX-License-Identifier: Apache-2.0
// One craft being made: movements, recording, the last take, its repetitions, training.

import {api} from '../../shared/api.js';
import {button, h, icon, replace} from '../../shared/dom.js';
import {ask, attempt, toast} from '../../shared/shell.js';
import {text} from '../../shared/texts.js';
import {Recorder} from './recorder.js';
import {repetition_cards} from './repetitions.js';
import {training_panel} from './report.js';
import {Timeline} from './timeline.js';

const plan_key = (id) => `kata.plan.${id}`;

/// Movements that were named but have no repetition yet; the file knows only those that have.
export function planned(id) {
  try { return JSON.parse(localStorage.getItem(plan_key(id)) ?? '[]'); } catch { return []; }
}
export function plan(id, names) {
  try { localStorage.setItem(plan_key(id), JSON.stringify(names)); } catch { /* asked again next time */ }
}

export function show_studio(main, first_craft) {
  const id = first_craft.id;
  let craft = first_craft;
  let chosen = null;
  let last_take = null;

  const names = () => [...new Set([...craft.movements.map((movement) => movement.name), ...planned(id)])];
  const tabs = h('div', {class: 'tabs', role: 'tablist', 'aria-label': text('movements')});
  const title = h('h1', {});
  const cards = h('div', {class: 'stack'});
  const mistakes = h('datalist', {id: 'mistakes'});
  const mistake = h('input', {type: 'text', maxlength: 80, list: 'mistakes', placeholder: text('mistake_hint'), name: 'mistake'});
  const person = h('input', {type: 'text', maxlength: 80, value: craft.author ?? '', name: 'person'});
  const count = h('input', {type: 'number', min: 1, max: 50, value: 5, name: 'repetitions', inputmode: 'numeric'});
  const length = h('input', {type: 'number', min: 3, max: 300, value: 30, name: 'length', inputmode: 'numeric'});
  const training = training_panel(id, {ondone: () => refresh()});

  const recorder = new Recorder(id, {
    can_record: () => {
      if (!chosen) attempt(add_movement);
      return Boolean(chosen);
    },
    lesson: () => ({movement: chosen, person: person.value.trim(), mistake: mistake.value.trim(),
      expected_repetitions: count.value ? Math.round(Number(count.value)) : null,
      length_s: Math.min(300, Math.max(3, Number(length.value) || 30))}),
    ontake: async (take) => {
      toast(text('take_found', {n: take.repetitions.length}));
      last_take = take.take;
      await attempt(refresh);
    },
  });

  const timeline = new Timeline({onmove: (span, before) => attempt(async () => {
    const moved = await api.move_edges(id, span.id, span.start_s, span.end_s);
    await refresh();
    toast(text('edges_moved'), {undo: async () => { await api.move_edges(id, moved.id, before.start_s, before.end_s); await refresh(); }});
  })});
  const take_panel = h('section', {class: 'panel hidden'}, h('h2', {}, text('take_title')), timeline.element, h('p', {class: 'small muted'}, text('take_help')));

  async function add_movement() {
    const name = await ask(text('movement_name'), text('movement_default', {n: names().length + 1}));
    if (!name) return;
    plan(id, [...planned(id), name]);
    chosen = name;
    show();
  }

  function show_tabs() {
    replace(tabs, names().map((name) => {
      const movement = craft.movements.find((each) => each.name === name);
      return h('button', {type: 'button', class: 'tab', role: 'tab', 'aria-selected': String(name === chosen), onclick: () => { chosen = name; show(); }},
        name, h('small', {class: 'number'}, movement ? `✓ ${movement.correct} · ✗ ${movement.incorrect}` : '–'));
    }));
  }

  function show() {
    if (!names().includes(chosen)) chosen = names()[0] ?? null;
    title.textContent = craft.name;
    show_tabs();
    const mine = craft.repetition_list.filter((repetition) => repetition.movement === chosen);
    replace(cards, repetition_cards(id, mine, {onchange: refresh}));
    replace(mistakes, craft.movements.flatMap((movement) => movement.mistakes).map((name) => h('option', {value: name})));
    training.show(craft);
  }

  async function show_take() {
    const take = last_take === null ? null : await api.take(id, last_take).catch(() => null);
    take_panel.classList.toggle('hidden', !take);
    if (take) timeline.show(take);
  }

  async function refresh() {
    craft = await api.craft(id);
    show();
    await show_take();
  }

  replace(main,
    h('div', {class: 'head'}, title, button(text('rename'), () => attempt(async () => {
      const name = await ask(text('craft_name'), craft.name);
      if (name) { await api.retitle(id, {name}); await refresh(); toast(text('saved')); }
    }), {kind: 'tiny'})),
    h('div', {class: 'studio'},
      h('div', {},
        h('div', {class: 'row'}, tabs, button(text('add_movement'), () => attempt(add_movement), {kind: 'quiet', symbol: 'plus'})),
        h('div', {}, recorder.stage.element, recorder.bar),
        recorder.buttons,
        take_panel,
        h('section', {class: 'panel'}, h('h2', {}, text('repetitions')), cards)),
      h('div', {},
        h('section', {class: 'panel stack'}, h('h2', {}, text('record')), h('p', {class: 'small muted'}, text('record_help')),
          h('div', {class: 'record-form'},
            h('label', {class: 'field two'}, h('span', {}, text('repetitions')), count),
            h('label', {class: 'field two'}, h('span', {}, text('length_s')), length),
            h('label', {class: 'field two'}, h('span', {}, text('mistake')), mistake),
            h('label', {class: 'field two'}, h('span', {}, text('person')), person), mistakes)),
        training.element)));
  show();
}
