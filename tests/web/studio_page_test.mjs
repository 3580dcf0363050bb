// SPDX-License-Identifier: Apache-2.0
// The studio's whole flow without a server: studio_test.mjs on static files.

process.env.KATA_WITHOUT_SERVER = '1';
await import('./studio_test.mjs');
