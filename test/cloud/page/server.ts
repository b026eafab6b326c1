// Serves the page of the local cloud on loopback, at `/`. It only reads.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cloudPage, type Shown } from './document.ts';

/** A running page. */
export interface PageServer {
  /** `http://127.0.0.1:PORT/` */
  url: string;
  close: () => Promise<void>;
}

/** Starts it on 127.0.0.1. Rejects if the port is in use. */
export async function startPage(state: () => Shown, port: number): Promise<PageServer> {
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isPage = request.url === '/';
    if (!isRead || !isPage) {
      response.writeHead(isPage ? 405 : 404, isPage ? { allow: 'GET, HEAD' } : {}).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : cloudPage(state()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
