// A local cloud for temporary credentials, behind two gateways that can fail in the ways in which services give secrets away:
// they echo the string to sign, or the headers of a call. Everything that people may read of a run is collected.
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { startEcs } from '../cloud/ecs/server.ts';
import { EcsCore } from '../cloud/ecs/core/core.ts';
import { VirtualClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { INF_MAX, INF_MIN } from '../cloud/tablestore/core/values.ts';
import { startTablestore } from '../cloud/tablestore/server.ts';
import { main } from '../cloud/tablestore/wire/messages.ts';
import { createTablesIn } from '../in-process/tables.ts';

/** Credentials as Function Compute passes them. Token and secret have the characters of base64, which URLs encode. */
export const credentials = {
  accessKeyId: 'STS.NUgYrLnoC37mZZCNnAbez',
  accessKeySecret: 'CVwjCkNzTMupZ8NbTCxCBRq3K16jtcWFTJAyBEv2',
  securityToken: `CAIS+wF1q6Ft5B2yfSjIr5bSEsj4${'q/ge+8Lt/dQ0o0'.repeat(12)}==`,
};

/** A call as a gateway sees it. */
export interface SeenCall {
  /** The action of ECS or the operation of Tablestore. */
  operation: string;
  headers: Readonly<Record<string, string>>;
}

/** What a gateway does with a call in place of the service. */
export type Trouble =
  { status: number; body: Uint8Array | string; contentType: string } | 'reset' | 'no-answer';

/** A gateway before a service. */
interface Gateway {
  endpoint: string;
  /** Replaces the answers of the calls for which it returns something. */
  trouble: (call: SeenCall) => Trouble | undefined;
  /** How many calls wait for an answer that never comes. */
  parked: number;
  close: () => Promise<void>;
}

/** The string that ECS signs in an RPC call, as its answer to a wrong signature echoes it: encoded twice. */
function stringToSign({ operation, headers }: SeenCall): string {
  const values = {
    AccessKeyId: /Credential=([^,]+)/.exec(headers['authorization'] ?? '')?.[1] ?? '',
    Action: operation,
    SecurityToken: headers['x-acs-security-token'] ?? '',
    SignatureMethod: 'HMAC-SHA1',
  };
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `POST&%2F&${encodeURIComponent(query.join('&'))}`;
}

/** An error of ECS. */
export function ecsError(status: number, Code: string, Message: string): Trouble {
  const body = JSON.stringify({ RequestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E', Code, Message });
  return { status, body, contentType: 'application/json' };
}

/** ECS's answer to a wrong signature: it echoes the access key id and the token. */
export function wrongSignature(call: SeenCall): Trouble {
  const words = 'Specified signature is not matched with our calculation. server string to sign is:';
  return ecsError(400, 'SignatureDoesNotMatch', words + stringToSign(call));
}

/** All headers, one a line. They hold the key, the token and the signature. */
function headerLines({ headers }: SeenCall): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}:${value}`)
    .join('\n');
}

/** An answer that proves nothing and echoes the headers of the call, with its signature. */
export function echoedByEcs(call: SeenCall): Trouble {
  return ecsError(400, 'InvalidSomething', `This request is not valid:\n${headerLines(call)}`);
}

/** An error of Tablestore that echoes the headers of the call, with its signature. */
export function echoedByTablestore(call: SeenCall): Trouble {
  const message = `Signature mismatch.\n${headerLines(call)}`;
  const body = main.Error.encode({ code: 'OTSAuthFailed', message });
  return { status: 403, body: body.finish(), contentType: 'application/x.pb2' };
}

async function startGateway(
  target: string,
  operationOf: (url: URL, headers: SeenCall['headers']) => string,
  onCall: (call: SeenCall, trouble: Trouble | undefined) => void,
): Promise<Gateway> {
  const own: Gateway = { endpoint: '', trouble: () => undefined, parked: 0, close: () => Promise.resolve() };
  const serve = (incoming: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(incoming.url ?? '/', target);
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const call = { operation: operationOf(url, headers), headers };
    const trouble = own.trouble(call);
    onCall(call, trouble);
    if (trouble === 'reset') incoming.socket.resetAndDestroy();
    else if (trouble === 'no-answer') {
      incoming.resume();
      own.parked += 1;
      incoming.socket.once('close', () => (own.parked -= 1));
    } else if (trouble !== undefined) {
      incoming.resume();
      response.writeHead(trouble.status, { 'content-type': trouble.contentType }).end(trouble.body);
    } else {
      const forwarded = send(url, { method: incoming.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      forwarded.on('error', () => response.destroy());
      incoming.pipe(forwarded);
    }
  };
  const server = createServer(serve);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  own.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  own.close = () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return own;
}

/** What people may read of runs, each text with its place. */
export type Readable = { where: string; text: string }[];

/** The secrets in these texts, each with its place; also percent-encoded ones and long pieces of a token. */
export function leaksIn(texts: Readable, secrets: readonly string[]): string[] {
  const spellings = secrets.flatMap((secret) => {
    const once = encodeURIComponent(secret);
    return [secret, once, encodeURIComponent(once), secret.slice(0, 20), secret.slice(-20)];
  });
  return texts.flatMap(({ where, text }) =>
    spellings.filter((spelling) => text.includes(spelling)).map((spelling) => `${where}: ${spelling}`),
  );
}

/** Both services for these credentials, two instances with an event each, and the built functions. */
export class EchoCloud {
  readonly ecs: Gateway;
  readonly tablestore: Gateway;
  /** Every signature that was sent. */
  readonly signatures = new Set<string>();
  /** The answers of the gateways in place of the services. */
  readonly echoes: Readable = [];
  /** Log lines, answers and errors. Rows come with `readable`. */
  readonly #read: Readable = [];
  readonly #tables: TablestoreCore;
  readonly #clock: VirtualClock;
  /** Settings beside the places. */
  environment: Record<string, string> = {};

  private constructor(parts: {
    ecs: Gateway;
    tablestore: Gateway;
    tables: TablestoreCore;
    clock: VirtualClock;
  }) {
    this.ecs = parts.ecs;
    this.tablestore = parts.tablestore;
    this.#tables = parts.tables;
    this.#clock = parts.clock;
  }

  /** Starts it. `atEnd` gets the function that closes it. The services accept the token until `expiresAt`. */
  static async start(atEnd: (close: () => Promise<void>) => void, expiresAt = Infinity): Promise<EchoCloud> {
    const clock = new VirtualClock(Date.UTC(2026, 11, 1, 18, 30));
    const core = new EcsCore({ now: () => clock.now(), options: { jitter: 0 } });
    const tables = new TablestoreCore({ now: () => clock.now() });
    createTablesIn(tables, { plans: 'reboot_plans', history: 'reboot_plan_history' });
    for (const id of ['1', '2']) {
      const startTime = clock.now() - 86_400_000;
      const instanceId = core.addInstance({ id: `i-${id}`, regionId: 'cn-hangzhou', startTime });
      core.addEvent({ id: `e-${id}`, instanceId, notBefore: clock.now() + 86_400_000 });
    }
    const { accessKeyId, accessKeySecret: secret, securityToken: token } = credentials;
    const keyOf = (id: string): { secret: string; token: string } | undefined =>
      id === accessKeyId ? { secret, token } : undefined;
    const ecsServer = await startEcs({
      core,
      clock,
      credentials: (id) => {
        const key = keyOf(id);
        return key && { ...key, expiresAt };
      },
    });
    const tablestoreServer = await startTablestore({
      core: tables,
      clock,
      credentials: keyOf,
      instance: 'local',
    });
    const onCall = (call: SeenCall, trouble: Trouble | undefined): void => cloud.#note(call, trouble);
    const ecs = await startGateway(ecsServer.endpoint, (_, headers) => headers['x-acs-action'] ?? '', onCall);
    const tablestore = await startGateway(tablestoreServer.endpoint, (url) => url.pathname.slice(1), onCall);
    atEnd(async () => {
      await Promise.all([ecs, tablestore, ecsServer, tablestoreServer].map((one) => one.close()));
    });
    const cloud: EchoCloud = new EchoCloud({ ecs, tablestore, tables, clock });
    return cloud;
  }

  #note({ operation, headers }: SeenCall, trouble: Trouble | undefined): void {
    const ofEcs = /Signature=(\w+)/.exec(headers['authorization'] ?? '')?.[1];
    const signature = ofEcs ?? headers['x-ots-signature'];
    if (signature !== undefined) this.signatures.add(signature);
    if (typeof trouble === 'object') {
      this.echoes.push({ where: `answer to ${operation}`, text: Buffer.from(trouble.body).toString('utf8') });
    }
  }

  /** Everything that must stay secret. */
  secrets(): string[] {
    return [...Object.values(credentials), ...this.signatures];
  }

  /** Invokes a built function. Returns what it returned, or the error that it threw. */
  async run(name: 'plan' | 'execute'): Promise<unknown> {
    const activity = new Activity(() => this.ecs.parked + this.tablestore.parked);
    const handler = loadBundle(resolve('dist', name, 'index.js'), {
      clock: this.#clock,
      activity,
      environment: {
        ECS_ENDPOINT: this.ecs.endpoint,
        TABLESTORE_ENDPOINT: this.tablestore.endpoint,
        TABLESTORE_INSTANCE: 'local',
        MAINTENANCE_WINDOWS: 'always',
        SLOT: '1m',
        ...this.environment,
      },
    });
    const log = (text: string): void => void this.#read.push({ where: `log of ${name}`, text });
    try {
      const running = handler(Buffer.from('{}'), {
        requestId: 'r-1',
        region: 'cn-hangzhou',
        credentials,
        function: { name, timeout: 120 },
        logger: { info: log, warn: log, error: log },
      });
      const report = await this.#untilOver(running, activity);
      this.#read.push({ where: `report of ${name}`, text: String(report) });
      return JSON.parse(String(report)) as unknown;
    } catch (thrown) {
      const { message, stack } = thrown as Error;
      const all = inspect(thrown, { depth: 10, showHidden: true, maxStringLength: Infinity });
      this.#read.push({ where: `error of ${name}`, text: [message, stack, all].join('\n') });
      return thrown;
    }
  }

  /** Moves the clock whenever the function waits for time. */
  async #untilOver<T>(running: Promise<T>, activity: Activity): Promise<T> {
    const state = { isOver: false };
    const over = (): void => void (state.isOver = true);
    running.then(over, over);
    for (await activity.quiet(); !state.isOver; await activity.quiet()) this.#clock.step();
    return running;
  }

  /** Everything that people can read: the log lines, the reports, the errors, and all columns of all rows. */
  readable(): Readable {
    const rows = ['reboot_plans', 'reboot_plan_history'].flatMap((tableName) => this.#rowsOf(tableName));
    return [...this.#read, ...rows];
  }

  /** Each row as one text: its key and the values of all columns. */
  #rowsOf(tableName: string): Readable {
    const [first = '', second = ''] =
      tableName === 'reboot_plans' ? ['region_id', 'instance_id'] : ['instance_id', 'plan_id'];
    const { rows } = this.#tables.getRange({
      tableName,
      direction: 'FORWARD',
      start: [first, second].map((name) => ({ name, value: INF_MIN })),
      end: [first, second].map((name) => ({ name, value: INF_MAX })),
      maxVersions: 1,
    });
    return rows.map((row) => ({
      where: `row of ${tableName}`,
      text: row.columns.map(({ name, value }) => `${name}: ${String(value)}`).join('\n'),
    }));
  }
}
