// A way to an endpoint whose connections can die as they do while an instance is frozen: they stay open, nobody sends a FIN,
// and nothing that is sent on them arrives.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A relay on loopback in front of an endpoint. */
export interface Way {
  /** `http://127.0.0.1:PORT`. */
  endpoint: string;
  /** The number of connections that were ever opened. */
  opened: () => number;
  /** The number of open connections, dead ones included. */
  open: () => number;
  /** Kills every open connection. Returns their number. */
  killAll: () => number;
  /** The number of open connections on which something was sent after their death. No answer will come. */
  unanswered: () => number;
  close: () => Promise<void>;
}

interface Connection {
  client: Socket;
  upstream: Socket;
  isDead: boolean;
  isUnanswered: boolean;
}

/** Opens a way to the endpoint. */
export async function wayTo(endpoint: string): Promise<Way> {
  const { hostname, port } = new URL(endpoint);
  const connections = new Set<Connection>();
  let opened = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const connection: Connection = { client, upstream, isDead: false, isUnanswered: false };
    opened += 1;
    connections.add(connection);
    relay(connection);
    client.on('close', () => connections.delete(connection));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    opened: () => opened,
    open: () => connections.size,
    killAll: () => {
      for (const connection of connections) {
        connection.isDead = true;
        connection.upstream.destroy();
      }
      return connections.size;
    },
    unanswered: () => [...connections].filter(({ isUnanswered }) => isUnanswered).length,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const { client } of connections) client.destroy();
      await closed;
    },
  };
}

function relay(connection: Connection): void {
  const { client, upstream } = connection;
  client.on('data', (bytes) => {
    if (connection.isDead) connection.isUnanswered = true;
    else upstream.write(bytes);
  });
  upstream.on('data', (bytes) => client.write(bytes));
  client.on('close', () => upstream.destroy());
  upstream.on('close', () => {
    if (!connection.isDead) client.destroySoon();
  });
  // The other side learns of an error by the close that follows.
  client.on('error', ignore);
  upstream.on('error', ignore);
}

function ignore(): void {
  // A reset connection is closed.
}
