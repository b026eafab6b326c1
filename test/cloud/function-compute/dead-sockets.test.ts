// Connections that die without a FIN: nothing that is sent on them arrives, and nobody says so.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { wayTo, type Way } from './dead-sockets.ts';

async function world(): Promise<{ way: Way; calls: () => number; open: () => Promise<Socket> }> {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way = await wayTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await way.close();
    server.close();
    server.closeAllConnections();
  });
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(way.endpoint).port), '127.0.0.1');
    await once(socket, 'connect');
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  return { way, calls: () => calls, open };
}

async function asked(socket: Socket): Promise<string> {
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString();
}

it('a connection that lives carries calls and answers', async () => {
  const { way, calls, open } = await world();
  expect(await asked(await open())).toMatch(/^HTTP\/1\.1 200 OK[^]*here/);
  expect([way.opened(), way.open(), way.unanswered(), calls()]).toEqual([1, 1, 0, 1]);
});

it('a dead connection stays open without a FIN, and a call on it reaches nobody', async () => {
  const { way, calls, open } = await world();
  const socket = await open();
  await asked(socket);
  expect(way.killAll()).toBe(1);
  const heard: string[] = [];
  for (const event of ['data', 'end', 'close', 'error']) socket.on(event, () => heard.push(event));
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await expect.poll(() => way.unanswered()).toBe(1);
  // Long enough for an answer or a FIN to arrive on loopback.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual([]);
  expect(calls()).toBe(1);
});

it('a connection that is opened later lives', async () => {
  const { way, open } = await world();
  await asked(await open());
  way.killAll();
  expect(await asked(await open())).toMatch(/here$/);
});
