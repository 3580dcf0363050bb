// SPDX-License-Identifier: Apache-2.0
// A way to the program that can go dead without a word, as a phone's does when it changes its network: nobody is told, nothing
// arrives; links that are made later work.

import {connect, createServer} from 'node:net';

export async function silent_link(target) {
  const links = new Set();
  const server = createServer((visitor) => {
    const link = {is_dead: false};
    const program = connect(target, '127.0.0.1');
    links.add(link);
    for (const [from, to] of [[visitor, program], [program, visitor]]) {
      from.on('data', (bytes) => link.is_dead || to.write(bytes));
      from.on('end', () => link.is_dead || to.end());
      from.on('close', () => link.is_dead || to.destroy());
      from.on('error', () => {});
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    die: () => { for (const link of links) link.is_dead = true; },
    close: () => server.close(),
  };
}
