// SPDX-License-Identifier: Apache-2.0
// What every page has: the bar on top, the foot, short messages, questions.

import {add, button, h, icon, replace} from './dom.js';
import {site} from './site.js';
import {kLanguages, language, set_language, text} from './texts.js';

const kPages = [['home', './'], ['learn', 'learn/'], ['create', 'create/'], ['about', 'about/']];

/// Builds the frame of the page and returns its <main>.
export function make_shell(page) {
  document.documentElement.lang = language();
  document.title = `${text(`nav_${page}`)} · Kata`;
  const main = document.getElementById('main');
  const links = kPages.map(([name, path]) =>
    h('a', {href: site(path), 'aria-current': name === page ? 'page' : null}, text(`nav_${name}`)));
  const languages = h('div', {class: 'row', role: 'group', 'aria-label': text('language')});
  for (const code of kLanguages) {
    if (code === language()) continue;
    add(languages, [button(code.toUpperCase(), () => { set_language(code); location.reload(); },
                           {kind: 'quiet tiny', lang: code, title: text('language_name', {}, code)})]);
  }
  main.before(
    h('a', {class: 'skip', href: '#main'}, text('skip')),
    h('header', {class: 'topbar'}, h('div', {class: 'topbar-in'},
      h('a', {class: 'brand', href: site('./'), 'aria-label': 'Kata'}, h('img', {src: site('shared/icon.svg'), alt: ''}), h('span', {}, 'Kata')),
      h('nav', {class: 'nav', 'aria-label': text('pages')}, links), languages)));
  main.after(
    h('footer', {class: 'footer'}, h('div', {class: 'footer-in'},
      h('span', {}, icon('lock', 'lock'), text('privacy_short')),
      h('span', {id: 'foot-status', class: 'number'}))),
    h('div', {class: 'toasts', id: 'toasts', role: 'status', 'aria-live': 'polite'}));
  listen_for_undo();
  return main;
}

/// A short message below; with `undo` it can be taken back for ten seconds, by Ctrl+Z too, and for as long as its button has the focus.
export function toast(message, {undo = null, is_wrong = false} = {}) {
  const box = h('div', {class: `toast ${is_wrong ? 'wrong' : ''}`}, h('p', {}, message));
  if (undo) {
    add(box, [button(text('undo'), async () => {
      box.remove();
      await attempt(undo);
    }, {kind: 'tiny', 'aria-keyshortcuts': 'Control+Z'})]);
  }
  document.getElementById('toasts').append(box);
  const leave = () => (box.contains(document.activeElement) ? setTimeout(leave, 1000) : box.remove());
  setTimeout(leave, undo ? 10000 : 6000);
}

/// Ctrl+Z takes back what the newest message offers to take back.
function listen_for_undo() {
  document.addEventListener('keydown', (event) => {
    const is_undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!is_undo || event.target.closest?.('input, textarea, dialog')) return;
    const newest = [...document.querySelectorAll('#toasts .button')].at(-1);
    if (!newest) return;
    event.preventDefault();
    newest.click();
  });
}

/// Runs an action and says so when it fails; returns what it returned, or undefined.
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message || text('failed'), {is_wrong: true});
    return undefined;
  }
}

/// Asks for one line of text; null when the question is closed.
export function ask(question, value = '') {
  return new Promise((resolve) => {
    const input = h('input', {type: 'text', maxlength: 200, value});
    const dialog = h('dialog', {'aria-label': question},
      h('form', {method: 'dialog', class: 'stack'},
        h('label', {class: 'field'}, h('span', {}, question), input),
        h('div', {class: 'row'},
          h('button', {class: 'button primary', value: 'ok'}, text('ok')),
          button(text('cancel'), () => dialog.close('')))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'ok' ? input.value.trim() : null);
    });
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  });
}

/// Asks for several texts: fields are [name, label, 'textarea' or nothing]; null when it is closed.
export function ask_many(title, fields, values) {
  return new Promise((resolve) => {
    const inputs = fields.map(([name, , kind]) => h(kind ?? 'input', {name, maxlength: kind ? 2000 : 200, value: values[name] ?? '', ...(kind ? {} : {type: 'text'})}));
    const dialog = h('dialog', {'aria-label': title, class: 'wide'},
      h('form', {method: 'dialog', class: 'stack'}, h('h2', {}, title),
        fields.map(([, label], i) => h('label', {class: 'field'}, h('span', {}, label), inputs[i])),
        h('div', {class: 'row'}, h('button', {class: 'button primary', value: 'ok'}, text('save')), button(text('cancel'), () => dialog.close('')))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'ok' ? Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()])) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
    inputs[0].select();
  });
}

/// A page whose content could not be fetched.
export function show_failure(main, error) {
  replace(main, h('div', {class: 'empty', role: 'alert'}, h('h2', {}, text('failed')), h('p', {}, error.message),
                  h('p', {}, button(text('try_again'), () => location.reload(), {kind: 'primary', symbol: 'reset'}))));
}
