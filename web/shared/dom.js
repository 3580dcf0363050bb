// SPDX-License-Identifier: Apache-2.0
// Makes elements: h('p', {class: 'lead', onclick: f}, 'text', child). Text is always text, never markup.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value') element.value = value;
    else if (name === 'checked' || name === 'disabled' || name === 'selected') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

export function replace(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

/// As replace; whoever had the focus in the n-th of the `items` has it in the n-th again (else the last), on the same of its buttons.
export function replace_in_place(parent, items, ...content) {
  const stops_of = (item) => [item, ...item.querySelectorAll('a, button')];
  const before = [...parent.querySelectorAll(items)];
  const index = before.findIndex((item) => item.contains(document.activeElement));
  const stop = index < 0 ? -1 : stops_of(before[index]).indexOf(document.activeElement);
  replace(parent, ...content);
  const after = parent.querySelectorAll(items);
  if (stop < 0 || after.length === 0) return;
  const stops = stops_of(after[Math.min(index, after.length - 1)]);
  stops[Math.min(stop, stops.length - 1)].focus();
}

const kIconPaths = {
  plus: 'M12 5v14M5 12h14',
  check: 'M4.5 12.5l5 5L19.5 7',
  cross: 'M6 6l12 12M18 6L6 18',
  question: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.3-1.7 2.6M12 18.4v.2',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  play: 'M8 5.5v13l10.5-6.5z',
  stop: 'M7 7h10v10H7z',
  trash: 'M5 7h14M10 7V4.8h4V7M7 7l1 12.5h8L17 7M10.3 10.5v5.5M13.7 10.5v5.5',
  swap: 'M7 8h12l-3.2-3.2M17 16H5l3.2 3.2',
  camera: 'M4 7.5h11v9H4zM15 11l5-3v8l-5-3z',
  mirror: 'M12 4v16M9 7v10H3.5zM15 7v10h5.5z',
  hand: 'M8 12V6.2a1.4 1.4 0 0 1 2.8 0V11M10.8 10V4.7a1.4 1.4 0 0 1 2.8 0V11M13.6 10.5V6a1.4 1.4 0 0 1 2.8 0v8c0 3.6-2 6-5 6-2.6 0-4-1.2-5.2-3.4L4 13.2c-.6-1.2.9-2.3 2-1.2l2 2.2',
  sound: 'M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM16 9a4.5 4.5 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  voice: 'M5 6.5h14v9.5h-7l-4 3.5v-3.5H5zM9 10.5h6M9 13h4',
  ghost: 'M6 19V11a6 6 0 0 1 12 0v8l-3-2-3 2-3-2zM10 11v.01M14 11v.01',
  reset: 'M5 12a7 7 0 1 0 2.2-5.1M5 4.5v4h4',
  full: 'M5 9V5h4M19 9V5h-4M5 15v4h4M19 15v4h-4',
  pen: 'M5 19l1-4L16.5 4.5l3 3L9 18zM14.5 6.5l3 3',
  download: 'M12 5v11M7.5 11.5L12 16l4.5-4.5M5 19h14',
  upload: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19h14',
  train: 'M4 18l5-6 4 3 7-9M20 6h-4.5M20 6v4.5',
  lock: 'M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 6 0v3',
};

export function icon(name, extra = '') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('fill', 'none');
  svg.setAttribute('stroke', 'currentColor');
  svg.setAttribute('stroke-width', name === 'dots' ? '3.4' : '2.2');
  svg.setAttribute('stroke-linecap', 'round');
  svg.setAttribute('stroke-linejoin', 'round');
  if (extra) svg.setAttribute('class', extra);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', kIconPaths[name]);
  svg.append(path);
  return svg;
}

export function button(label, onclick, {kind = '', symbol = null, ...rest} = {}) {
  return h('button', {type: 'button', class: `button ${kind}`, onclick, ...rest},
           symbol && icon(symbol), label);
}

/// A button that shows only its picture; the label is read to those who cannot see it.
export function icon_button(label, symbol, onclick, {kind = '', ...rest} = {}) {
  return h('button', {type: 'button', class: `button icon ${kind}`, title: label, 'aria-label': label, onclick, ...rest},
           icon(symbol));
}

/// A switch: calls onchange(is_on) and remembers nothing.
export function toggle(label, symbol, is_on, onchange) {
  const element = button(label, () => {
    const now_on = element.getAttribute('aria-pressed') !== 'true';
    element.setAttribute('aria-pressed', String(now_on));
    onchange(now_on);
  }, {kind: 'tiny', symbol});
  element.setAttribute('aria-pressed', String(is_on));
  return element;
}
