// SPDX-License-Identifier: Apache-2.0
// The honest report that comes with a judge (api/report.schema.json).

import {Curve} from '../../shared/curves.js';
import {button, h} from '../../shared/dom.js';
import {text} from '../../shared/texts.js';
import {say} from '../../shared/sentences.js';

const percent = (share) => `${Math.round(share * 100)} %`;
const kProtocols = {'by person': 'protocol_person', 'by take': 'protocol_take', 'by repetition': 'protocol_repetition'};
const is_number = (value) => typeof value === 'number';

/// "saw incorrect" becomes "saw · wrong" in the page's language.
function class_name(name) {
  const [, movement, label] = /^(?:(.*) )?(correct|incorrect)$/.exec(name) ?? [null, name, null];
  const word = label && text(label === 'correct' ? 'right' : 'wrong').toLowerCase();
  return [movement, word].filter(Boolean).join(' · ');
}

function confusion({classes, confusion: counts, n}) {
  const judged = counts.flat().reduce((sum, count) => sum + count, 0);
  // A class nobody recorded, such as the wrong ones of a movement shown only right, is left out.
  const taught = classes.map((name, i) => i).filter((i) => counts[i].some((count) => count > 0));
  const used = classes.map((name, i) => i).filter((i) => taught.includes(i) || counts.some((row) => row[i] > 0));
  return h('div', {class: 'scroll-x', tabindex: 0, role: 'region', 'aria-label': text('confusion')},
    h('table', {class: 'confusion'},
      h('caption', {}, text('confusion'), judged > n && h('span', {class: 'muted small'}, ` ${text('verdicts_of', {judged, n})}`)),
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, text('truth_said')), used.map((i) => h('th', {scope: 'col'}, class_name(classes[i]))))),
      h('tbody', {}, taught.map((i) => h('tr', {}, h('th', {scope: 'row'}, class_name(classes[i])),
        used.map((j) => h('td', {class: counts[i][j] === 0 ? '' : i === j ? 'hit' : 'miss'}, String(counts[i][j]))))))));
}

function learning_curve(points) {
  const curve = new Curve({label: text('curve_needed'), x_name: text('curve_x'), y_name: text('accuracy')});
  const summary = points.map((point) => `${point.k}: ${percent(point.accuracy)}`).join(', ');
  curve.show(points.map((point) => point.k), points.map((point) => point.accuracy * 100), summary);
  return h('div', {class: 'stack-s'}, h('h4', {}, text('curve_needed')), curve.element);
}

function mistakes(movements) {
  const rows = movements.flatMap((movement) => (movement.mistakes ?? []).map((mistake) =>
    h('tr', {}, h('td', {}, mistake.name), h('td', {class: 'number'}, String(mistake.n)),
      h('td', {class: 'number'}, percent(mistake.caught)), h('td', {class: 'number'}, percent(mistake.named)))));
  return rows.length > 0 && h('div', {class: 'scroll-x', tabindex: 0, role: 'region', 'aria-label': text('mistakes')},
    h('table', {}, h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, text('mistakes')),
      ['n_shown', 'caught', 'named'].map((key) => h('th', {scope: 'col', class: 'number'}, text(key))))), h('tbody', {}, rows)));
}

/// Those that were judged wrongly, each to be looked at: onlook(repetition).
function confused(list, onlook) {
  return h('details', {}, h('summary', {}, text('confused_n', {n: list.length})),
    h('ul', {class: 'plain stack-s confused'}, list.map((each) => h('li', {},
      h('span', {}, `${class_name(each.taught_as)} → ${class_name(each.judged_as)}`),
      h('span', {class: 'small muted'}, say(each.advice)),
      button(text('look_at_it'), () => onlook(each.repetition, each.movement), {kind: 'tiny', symbol: 'play'})))));
}

export function report_view(report, {onlook = () => {}} = {}) {
  if (!report || !is_number(report.accuracy)) return h('p', {class: 'muted'}, text('report_none'));
  const {interval} = report;
  return h('div', {class: 'stack-s report'},
    h('div', {class: 'row'}, h('span', {class: 'big-number'}, percent(report.accuracy)),
      h('div', {class: 'small'}, h('b', {}, text(report.only_right ? 'accuracy_of_right' : 'accuracy')), report.n > 0 && ` ${text('of_n', {n: report.n})}`,
        Array.isArray(interval) && h('div', {class: 'muted'}, text('interval', {low: Math.round(interval[0] * 100), high: Math.round(interval[1] * 100)})))),
    (report.warnings ?? []).map((warning) => h('p', {class: 'notice unsure small'}, say(warning))),
    h('dl', {class: 'figures small'},
      [['baseline', report.baseline_majority], ['baseline_duration', report.baseline_duration], ['unsure_share', report.unsure], ['refused_share', report.refused]]
        .filter(([, value]) => is_number(value)).map(([key, value]) => h('div', {}, h('dt', {}, text(key)), h('dd', {class: 'number'}, percent(value))))),
    Array.isArray(report.confusion) && Array.isArray(report.classes) && confusion(report),
    mistakes(report.movements ?? []),
    (report.learning_curve ?? []).length > 1 && learning_curve(report.learning_curve),
    (report.confused ?? []).length > 0 && confused(report.confused, onlook),
    h('p', {class: 'small muted'}, text(kProtocols[report.protocol] ?? 'report_text')));
}
