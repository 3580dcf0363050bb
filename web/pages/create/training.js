// SPDX-License-Identifier: Apache-2.0
// Training with its progress as it goes, and what came out of it.

import {api} from '../../shared/api.js';
import {Curve} from '../../shared/curves.js';
import {button, h, replace} from '../../shared/dom.js';
import {say} from '../../shared/sentences.js';
import {attempt, toast} from '../../shared/shell.js';
import {site} from '../../shared/site.js';
import {text} from '../../shared/texts.js';
import {report_view} from './report.js';

const kPoll_ms = 250;

/// Panel that trains a craft; ondone() when there is a new judge, onlook(repetition, movement) to see one.
export function training_panel(craft_id, {ondone, onlook}) {
  const bar = h('i');
  const meter = h('div', {class: 'meter', role: 'progressbar', 'aria-label': text('training'), 'aria-valuemin': 0, 'aria-valuemax': 100}, bar);
  const doing = h('p', {class: 'small muted', role: 'status'});
  const curve = new Curve({label: text('curve_training'), x_name: text('curve_training_x'), y_name: text('accuracy'), height: 130});
  const halt = button(text('cancel'), () => attempt(() => api.stop_training(craft_id)), {kind: 'tiny', 'data-action': 'stop-training'});
  const box = h('div', {class: 'stack-s hidden'}, meter, doing, halt);
  const curve_box = h('div', {class: 'hidden'}, h('h4', {}, text('curve_training')), curve.element);
  const report = h('div', {class: 'stack-s'});
  const start = button(text('train'), async () => {
    if (await attempt(() => api.train(craft_id))) follow();
  }, {kind: 'primary', symbol: 'train', 'data-action': 'train'});

  function show_curve(points) {
    curve_box.classList.toggle('hidden', points.length < 2);
    if (points.length < 2) return;
    const shares = points.map(([judged, rightly]) => (100 * rightly) / Math.max(1, judged));
    curve.show(points.map(([judged]) => judged), shares, `${Math.round(shares.at(-1))} %`);
  }

  async function follow() {
    start.disabled = true;
    box.classList.remove('hidden');
    for (;;) {
      const state = await api.training(craft_id).catch(() => null);
      if (!state) {  // the server went away: what was learned before is in the file
        toast(text('server_gone'), {is_wrong: true});
        break;
      }
      show_curve(state.curve ?? []);
      if (state.state !== 'running') {
        if (state.state === 'done') { toast(text('train_done')); await ondone(); }
        if (state.state === 'failed') toast(state.error.code === 'cancelled' ? text('train_cancelled') : say(state.error.text), {is_wrong: true});
        if (state.state === 'none') toast(text('train_lost'), {is_wrong: true});
        break;
      }
      const percent = Math.round(state.done * 100);
      bar.style.width = `${percent}%`;
      meter.setAttribute('aria-valuenow', percent);
      doing.textContent = say(state.doing);
      await new Promise((resolve) => setTimeout(resolve, kPoll_ms));
    }
    start.disabled = false;
    box.classList.add('hidden');
  }

  const show = (craft) => {
    start.lastChild.textContent = craft.trained ? text('train_again') : text('train');
    const has_right = craft.movements.some((movement) => movement.correct >= 2);
    start.disabled = !has_right;
    replace(report, !has_right && h('p', {class: 'small muted'}, text('train_needs')),
      craft.trained && [craft.trained.is_stale && h('p', {class: 'notice unsure'}, text('needs_training')),
        h('h3', {}, text('report')), report_view(craft.trained.report, {onlook}),
        h('a', {class: 'button', href: site(`learn/?craft=${encodeURIComponent(craft_id)}`)}, text('learn'))]);
  };
  attempt(async () => { if ((await api.training(craft_id)).state === 'running') follow(); });
  return {element: h('section', {class: 'panel stack-s'}, h('h2', {}, text('train_title')), h('p', {class: 'small muted'}, text('train_text')),
    start, box, curve_box, report), show};
}
