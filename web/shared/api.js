// SPDX-License-Identifier: Apache-2.0
// The REST calls (api/http-openapi.json), whoever answers them.

import {say} from './sentences.js';
import {text} from './texts.js';
import {address_of, link_file, send} from './transport.js';

export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function call(method, path, body, type = 'application/json') {
  const init = {headers: {}};
  if (body !== undefined) {
    init.headers['Content-Type'] = type;
    init.body = type === 'application/json' ? JSON.stringify(body) : body;
  }
  let response;
  try {
    response = await send(method, path, init);
  } catch {
    throw new ApiError(0, 'offline', text('server_gone'));
  }
  const is_json = (response.headers.get('Content-Type') ?? '').startsWith('application/json');
  const value = is_json ? await response.json() : null;
  if (!response.ok) {
    throw new ApiError(response.status, value?.error?.code ?? 'failed', say(value?.error?.text) || text('failed'));
  }
  return value;
}

const craft_path = (id) => `api/crafts/${encodeURIComponent(id)}`;
const repetition_path = (id, repetition) => `${craft_path(id)}/repetitions/${encodeURIComponent(repetition)}`;

export const api = {
  status: () => call('GET', 'api/status'),
  crafts: () => call('GET', 'api/crafts'),
  craft: (id) => call('GET', craft_path(id)),
  make: (title) => call('POST', 'api/crafts', title),
  import_file: (file) => call('POST', 'api/crafts/import', file, 'application/octet-stream'),
  add_movement: (id, name) => call('POST', `${craft_path(id)}/movements`, {name}),
  rename_movement: (id, movement, name) => call('PATCH', `${craft_path(id)}/movements/${movement}`, {name}),
  retitle: (id, title) => call('PATCH', craft_path(id), title),
  duplicate: (id) => call('POST', `${craft_path(id)}/duplicate`, {}),
  remove: (id) => call('DELETE', craft_path(id)),
  restore: (id) => call('POST', `${craft_path(id)}/restore`, {}),
  link_file: (link, id) => link_file(link, `${craft_path(id)}/file`),
  repetition: (id, repetition) => call('GET', repetition_path(id, repetition)),
  preview_address: (id, movement) => address_of(`${craft_path(id)}/previews/${movement}`),
  relabel: (id, repetition, label, mistake) => call('PATCH', repetition_path(id, repetition), {label, mistake}),
  remove_repetition: (id, repetition) => call('DELETE', repetition_path(id, repetition)),
  restore_repetition: (id, repetition) => call('POST', `${repetition_path(id, repetition)}/restore`, {}),
  move_edges: (id, repetition, start_s, end_s) => call('PUT', `${repetition_path(id, repetition)}/edges`, {start_s, end_s}),
  take: (id, take) => call('GET', `${craft_path(id)}/takes/${encodeURIComponent(take)}`),
  train: (id) => call('POST', `${craft_path(id)}/training`, {}),
  training: (id) => call('GET', `${craft_path(id)}/training`),
  stop_training: (id) => call('DELETE', `${craft_path(id)}/training`),
};
