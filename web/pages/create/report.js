// SPDX-License-Identifier: Apache-2.0
// Training with its progress, and the report that comes with a judge (api/report.schema.json).

import {api} from '../../shared/api.js';
import {button, h, replace} from '../../shared/dom.js';
import {attempt, toast} from '../../shared/shell.js';
import {text} from '../../shared/texts.js';

const kPoll_ms = 300;
const percent = (share) => Math.round(share * 100);

function confusion(report) {
  const {labels, counts} = report.confusion;
  return h('div', {class: 'scroll-x', tabindex: 0, role: 'region', 'aria-label': text('said')},
    h('table', {class: 'confusion'},
      h('thead', {}, h('tr', {}, h('th', {}, `${text('truth')} ↓ · ${text('said')} →`), labels.map((label) => h('th', {scope: 'col'}, label)))),
      h('tbody', {}, counts.map((row, i) => h('tr', {}, h('th', {scope: 'row'}, labels[i]),
        row.map((count, j) => h('td', {class: count === 0 ? '' : i === j ? 'hit' : 'miss'}, String(count))))))));
}

export function report_view(report) {
  if (!report || typeof report.accuracy !== 'number') return h('p', {class: 'muted'}, text('report_none'));
  const interval = report.interval_95 ?? report.interval;
  return h('div', {class: 'stack-s'},
    h('div', {class: 'row'}, h('span', {class: 'big-number'}, `${percent(report.accuracy)} %`),
      h('div', {class: 'small'}, h('b', {}, text('accuracy')),
        report.repetitions > 0 && ` ${text('of_n', {n: report.repetitions})}`,
        Array.isArray(interval) && h('div', {class: 'muted'}, text('interval', {low: percent(interval[0]), high: percent(interval[1])})))),
    typeof report.majority_accuracy === 'number' &&
      h('p', {class: 'small muted'}, `${text('baseline')}: ${percent(report.majority_accuracy)} %`),
    report.confusion?.labels && confusion(report),
    h('p', {class: 'small muted'}, text('report_text')),
    report.protocol && h('p', {class: 'small muted'}, `${text('protocol')}: ${report.protocol}`));
}

/// Panel that trains a craft; ondone() when there is a new judge.
export function training_panel(craft_id, {ondone}) {
  const bar = h('i');
  const meter = h('div', {class: 'meter', role: 'progressbar', 'aria-label': text('training'), 'aria-valuemin': 0, 'aria-valuemax': 100}, bar);
  const doing = h('p', {class: 'small muted', role: 'status'});
  const box = h('div', {class: 'stack-s hidden'}, meter, doing);
  const report = h('div', {});
  const start = button(text('train'), async () => {
    if (await attempt(() => api.train(craft_id))) follow();
  }, {kind: 'primary', symbol: 'train', 'data-action': 'train'});
  const halt = button(text('cancel'), () => attempt(() => api.stop_training(craft_id)), {kind: 'tiny'});
  box.append(halt);

  async function follow() {
    start.disabled = true;
    box.classList.remove('hidden');
    for (;;) {
      const state = await attempt(() => api.training(craft_id));
      if (!state || state.state !== 'running') {
        start.disabled = false;
        box.classList.add('hidden');
        if (state?.state === 'done') { toast(text('train_done')); await ondone(); }
        if (state?.state === 'failed') toast(state.error.text, {is_wrong: true});
        return;
      }
      bar.style.width = `${percent(state.done)}%`;
      meter.setAttribute('aria-valuenow', percent(state.done));
      doing.textContent = state.doing;
      await new Promise((resolve) => setTimeout(resolve, kPoll_ms));
    }
  }

  const show = (craft) => {
    start.lastChild.textContent = craft.trained ? text('train_again') : text('train');
    const has_right = craft.movements.some((movement) => movement.correct >= 2);
    start.disabled = !has_right;
    replace(report, !has_right && h('p', {class: 'small muted'}, text('train_needs')),
      craft.trained && [craft.trained.is_stale && h('p', {class: 'notice unsure'}, text('needs_training')),
        h('h3', {}, text('report')), report_view(craft.trained.report),
        h('a', {class: 'button', href: `/learn/?craft=${encodeURIComponent(craft_id)}`}, text('learn'))]);
    report.className = 'stack-s';
  };
  attempt(async () => { if ((await api.training(craft_id)).state === 'running') follow(); });
  return {element: h('section', {class: 'panel stack'}, h('h2', {}, text('train_title')), h('p', {class: 'small muted'}, text('train_text')), start, box, report), show};
}
