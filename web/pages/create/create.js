// SPDX-License-Identifier: Apache-2.0
// Names a new craft, or opens one in the studio.

import {api} from '../../shared/api.js';
import {h, icon, replace} from '../../shared/dom.js';
import {attempt, make_shell, show_failure} from '../../shared/shell.js';
import {text} from '../../shared/texts.js';
import {show_studio} from './studio.js';

const main = make_shell('create');
const kMostMovements = 50;

function show_start(crafts) {
  const field = (label, input, hint, look = '') =>
    h('label', {class: `field ${look}`}, h('span', {}, label), input, hint && h('small', {}, hint));
  const name = h('input', {type: 'text', name: 'name', maxlength: 200, required: true});
  const description = h('textarea', {name: 'description', maxlength: 2000});
  const author = h('input', {type: 'text', name: 'author', maxlength: 200});
  const price = h('input', {type: 'text', name: 'price', maxlength: 200});
  const count = h('input', {type: 'number', name: 'movements', min: 1, max: kMostMovements, value: 1});
  const movements = h('div', {class: 'form-grid wide'});
  const show_movements = () => {
    const wanted = Math.min(kMostMovements, Math.max(1, Math.round(Number(count.value)) || 1));
    while (movements.children.length > wanted) movements.lastChild.remove();
    while (movements.children.length < wanted) {
      const n = movements.children.length + 1;
      movements.append(field(text('movement_default', {n}), h('input', {type: 'text', maxlength: 80, name: `movement-${n}`, placeholder: text('movement_name')})));
    }
  };
  count.addEventListener('input', show_movements);
  show_movements();
  const form = h('form', {class: 'panel form-grid'},
    field(text('craft_name'), name, text('craft_name_hint'), 'wide'),
    field(text('description'), description, null, 'wide'),
    field(text('author'), author), field(text('price'), price),
    field(text('movement_count'), count), h('div', {}), movements,
    h('div', {class: 'wide'}, h('button', {type: 'submit', class: 'button primary'}, icon('plus'), text('make_craft'))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => {
      const craft = await api.make({name: name.value.trim(), description: description.value.trim(), author: author.value.trim(), price_note: price.value.trim(),
        movements: [...movements.querySelectorAll('input')].map((input, i) => input.value.trim() || text('movement_default', {n: i + 1}))});
      location.assign(`?craft=${encodeURIComponent(craft.id)}`);
    });
  });
  const others = crafts.filter((craft) => !craft.problem);
  replace(main, h('h1', {}, text('create_title')), h('p', {class: 'lead'}, text('create_lead')),
    h('div', {class: 'start'}, form,
      others.length > 0 && h('section', {class: 'panel stack-s'}, h('h2', {}, text('pick_edit')), others.map((craft) =>
        h('a', {class: 'button', href: `?craft=${encodeURIComponent(craft.id)}`}, craft.name)))));
}

try {
  const status = await api.status();
  const id = new URLSearchParams(location.search).get('craft');
  if (status.read_only) replace(main, h('p', {class: 'notice'}, text('read_only')));
  else if (id) show_studio(main, await api.craft(id));
  else show_start((await api.crafts()).crafts);
} catch (error) {
  show_failure(main, error);
}
