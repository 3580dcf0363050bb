// SPDX-License-Identifier: Apache-2.0
// Where the pages lie: they may be served from any folder of a host.

const base = new URL('../', import.meta.url);

/// The address of a page or file of the site: site('learn/').
export const site = (path) => new URL(path, base).href;
