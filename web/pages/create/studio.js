// SPDX-License-Identifier: Apache-2.0
// One craft being made: movements, recording, the last take, its repetitions, training.

import {api} from '../../shared/api.js';
import {button, h, icon, replace, replace_in_place} from '../../shared/dom.js';
import {say} from '../../shared/sentences.js';
import {ask, ask_many, attempt, toast} from '../../shared/shell.js';
import {text} from '../../shared/texts.js';
import {Recorder} from './recorder.js';
import {repetition_cards} from './repetitions.js';
import {Timeline} from './timeline.js';
import {training_panel} from './training.js';

export function show_studio(main, first_craft) {
  const id = first_craft.id;
  let craft = first_craft;
  let chosen = null;
  let last_take = null;

  const names = () => craft.movements.map((movement) => movement.name);
  const tabs = h('div', {class: 'tabs', role: 'tablist', 'aria-label': text('movements')});
  const title = h('h1', {});
  const cards = h('div', {class: 'stack'});
  const warning = h('p', {class: 'notice unsure hidden', role: 'status'});
  const mistakes = h('datalist', {id: 'mistakes'});
  const mistake = h('input', {type: 'text', maxlength: 80, list: 'mistakes', placeholder: text('mistake_hint'), name: 'mistake'});
  const person = h('input', {type: 'text', maxlength: 80, value: craft.author ?? '', name: 'person'});
  const count = h('input', {type: 'number', min: 1, max: 50, value: 5, name: 'repetitions', inputmode: 'numeric'});
  const length = h('input', {type: 'number', min: 3, max: 300, value: 30, name: 'length', inputmode: 'numeric'});
  const training = training_panel(id, {ondone: () => refresh(), onlook: (repetition, movement) => look_at(repetition, movement)});

  const recorder = new Recorder(id, {
    can_record: () => {
      if (!chosen) attempt(add_movement);
      return Boolean(chosen);
    },
    lesson: () => ({movement: chosen, person: person.value.trim(), mistake: mistake.value.trim(),
      expected_repetitions: count.value ? Math.round(Number(count.value)) : null,
      length_s: Math.min(300, Math.max(3, Number(length.value) || 30))}),
    onkept: async () => {
      await new Promise((resolve) => setTimeout(resolve, 1500));  // the program is cutting what was recorded
      await attempt(refresh);
    },
    ontake: async (take) => {
      toast([text('take_found', {n: take.repetitions.length}), ...(take.takes_cut_anew.length > 0 ? [text('take_agreed')] : [])].join(' '));
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
    await api.add_movement(id, name);
    chosen = name;
    await refresh();
  }

  async function rename_movement() {
    const name = await ask(text('movement_name'), chosen);
    if (!name || name === chosen) return;
    const was = chosen;
    const rename = async (from, to) => {
      await api.rename_movement(id, names().indexOf(from), to);
      chosen = to;
      await refresh();
    };
    await rename(was, name);
    toast(text('saved'), {undo: () => rename(name, was)});
  }

  /// Name, description, teacher and price, as the form of a new craft has them.
  async function edit_title() {
    const title = await ask_many(text('about_craft'), [['name', text('craft_name')], ['description', text('description'), 'textarea'],
      ['author', text('author')], ['price_note', text('price')]], craft);
    if (!title?.name) return;
    const {name, description, author, price_note} = craft;
    await api.retitle(id, title);
    await refresh();
    toast(text('saved'), {undo: async () => { await api.retitle(id, {name, description, author, price_note}); await refresh(); }});
  }

  /// A repetition that the report names: its card is brought into view and played.
  function look_at(repetition, movement) {
    chosen = movement;
    show();
    const card = cards.querySelector(`[data-repetition="${Number(repetition)}"]`);
    card?.scrollIntoView({block: 'center'});
    card?.querySelector('.thumb .button')?.click();
    card?.querySelector('.actions .button')?.focus();
  }

  function show_tabs() {
    replace_in_place(tabs, '.tab', names().map((name) => {
      const movement = craft.movements.find((each) => each.name === name);
      return h('button', {type: 'button', class: 'tab', role: 'tab', 'aria-selected': String(name === chosen), onclick: () => { chosen = name; show(); }},
        name, h('small', {class: 'number'}, movement ? `✓ ${movement.correct} · ✗ ${movement.incorrect}` : '–'));
    }));
  }

  function show() {
    if (!names().includes(chosen)) chosen = names()[0] ?? null;
    title.textContent = craft.name;
    warning.textContent = say(craft.warning ?? '');
    warning.classList.toggle('hidden', !craft.warning);
    show_tabs();
    const mine = craft.repetition_list.filter((repetition) => repetition.movement === chosen);
    replace_in_place(cards, '.repetition', repetition_cards(id, mine, {onchange: refresh}));
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

  const file = h('a', {class: 'button tiny'}, icon('download'), text('export'));
  api.link_file(file, id);
  replace(main,
    h('div', {class: 'head'}, title, button(text('edit_title'), () => attempt(edit_title), {kind: 'tiny', symbol: 'pen', 'data-action': 'edit-title'}),
      file),
    h('div', {class: 'studio'},
      h('div', {},
        h('div', {class: 'scene'},
          h('div', {class: 'row'}, tabs, button(text('add_movement'), () => attempt(add_movement), {kind: 'quiet tiny', symbol: 'plus', 'data-action': 'add-movement'}),
            button(text('rename_movement'), () => attempt(rename_movement), {kind: 'quiet tiny', symbol: 'pen', 'data-action': 'rename-movement'})),
          h('div', {}, recorder.stage.element, recorder.bar),
          recorder.buttons),
        h('div', {class: 'work stack'}, take_panel, h('section', {class: 'panel stack-s'}, h('h2', {}, text('repetitions')), cards))),
      h('div', {},
        h('section', {class: 'panel stack-s form'}, h('h2', {}, text('record')), h('p', {class: 'small muted'}, text('record_help')), warning,
          h('div', {class: 'record-form'},
            h('label', {class: 'field'}, h('span', {}, text('repetitions')), count),
            h('label', {class: 'field'}, h('span', {}, text('length_s')), length),
            h('label', {class: 'field'}, h('span', {}, text('mistake')), mistake),
            h('label', {class: 'field'}, h('span', {}, text('person')), person), mistakes)),
        h('div', {class: 'judge'}, training.element))));
  show();
}
