// Whatever keeps the functions from Tablestore ends in one sentence that says what to do: in the error of the handler, in its
// log, and in `npm run setup`. No secret is ever in it.
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { handler as execute } from '../../../functions/execute.ts';
import { handler as plan } from '../../../functions/plan.ts';
import type { Credentials } from '../../../lib/alibaba/credentials.ts';
import { TablestoreFault } from '../../../lib/alibaba/tablestore/api.ts';
import { sentenceOn } from '../../../lib/alibaba/tablestore/refusals.ts';
import { openClient } from '../../../lib/alibaba/tablestore/sdk-api.ts';
import { setUpTable } from '../../../lib/alibaba/tablestore/setup-tables.ts';
import { tableDesigns } from '../../../lib/alibaba/tablestore/tables.ts';
import { StoreReadFailed } from '../../../lib/failures.ts';
import { realClock } from '../../cloud/clock.ts';
import type { Fault } from '../../cloud/faults.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';
import { createTablesIn } from '../../in-process/tables.ts';
import { at, planned, storeOnLoopback } from './tablestore-on-loopback.ts';

const tables = { plans: 'reboot_plans', history: 'reboot_plan_history' };

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  const environment = {
    ECS_ENDPOINT: cloud.ecs.endpoint,
    TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
    TABLESTORE_INSTANCE: cloud.tablestore.instance,
    REGIONS: 'cn-hangzhou',
    MODE: 'auto', // vitest sets another
    MAINTENANCE_WINDOWS: 'always',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** The local cloud counts its request ids. */
const withoutIds = (text: string): string => text.replace(/0005[0-9a-f-]{32}/g, 'R');

/** The message of a call that fails. */
async function messageOf(call: Promise<unknown>): Promise<string> {
  const thrown = await call.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
  return withoutIds(thrown.message);
}

/** What a handler ended with: the message of its error, and everything that it said. */
async function endOf(
  handler: typeof execute,
  credentials: Credentials = localAccount,
): Promise<{ message: string; said: string }> {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const context = {
    requestId: 'request-1',
    region: 'cn-hangzhou',
    credentials,
    function: { name: 'f', timeout: 120 },
    logger: { info: log, warn: log, error: log },
  };
  const thrown = await handler(Buffer.from('{}'), context).then(
    (report) => new Error(`nothing was thrown: ${report}`),
    (error: unknown) => error as Error,
  );
  const said = [...lines, thrown.message, thrown.stack].join('\n');
  return { message: withoutIds(thrown.message), said: withoutIds(said) };
}

const refuseAll = (fault: Extract<Fault, { kind: 'error' }>): void =>
  cloud.tablestore.faults.add({ operation: '*', times: 99, fault });

const denied = (message: string): void =>
  refuseAll({ kind: 'error', status: 403, code: 'OTSAuthFailed', message });

const index = 'reboot_plans_due';

/** What is wrong, how it comes about, whose credentials call, and the sentence. */
const cases: [what: string, wrong: () => void, caller: Partial<Credentials>, sentence: string][] = [
  [
    'an instance whose network access is closed',
    () => denied('Request denied by instance ACL policies.'),
    {},
    'Open the network access of the Tablestore instance (console of Tablestore: the instance, Network Management, allow the internet), or use the endpoint of a network that it lets in (*.vpc.tablestore.aliyuncs.com): it refuses the network of this call (Tablestore GetRange: OTSAuthFailed, request id R).',
  ],
  [
    'a missing table',
    () => {
      cloud.tablestore.core.deleteTable({ tableName: 'reboot_plans' });
    },
    {},
    'Run `npm run setup` with the settings of the functions: the Tablestore instance has no table or index reboot_plans_due (Tablestore GetRange: OTSObjectNotExist Requested table does not exist, request id R).',
  ],
  [
    'a table of somebody else, with another primary key',
    () =>
      refuseAll({
        kind: 'error',
        status: 400,
        code: 'OTSInvalidPK',
        message: 'Validate PK size fail. Input: 2, Meta: 1.',
      }),
    {},
    'Run `npm run setup -- --dry-run`, which says how reboot_plans_due differs, and give the planner a table of its own (PLANS_TABLE, HISTORY_TABLE): this one has another primary key (Tablestore GetRange: OTSInvalidPK Validate PK size fail. Input: 2, Meta: 1, request id R).',
  ],
  [
    'a wrong signature',
    () => undefined,
    { accessKeySecret: 'another-secret-of-30-characters' },
    'Check the role of the function, or the access key of the environment: Tablestore does not accept the access key or its signature (Tablestore GetRange: OTSAuthFailed, request id R).',
  ],
  [
    'an unknown access key',
    () => undefined,
    { accessKeyId: 'LTAI5tUnknownToAll' },
    'Check the role of the function, or the access key of the environment: Tablestore does not accept the access key or its signature (Tablestore GetRange: OTSAuthFailed, request id R).',
  ],
  [
    'an expired token',
    () => undefined,
    { securityToken: 'CAIStokenThatExpired' },
    'Wait for the next run, which gets a new token from the role of the function, and check the role if this stays: Tablestore does not accept the security token, which may have expired (Tablestore GetRange: OTSAuthFailed, request id R).',
  ],
  [
    'an instance that does not exist',
    () => void vi.stubEnv('TABLESTORE_INSTANCE', 'another'),
    {},
    'Check TABLESTORE_INSTANCE, TABLESTORE_ENDPOINT and the rights of the role: there is no running Tablestore instance of this name that it may use (Tablestore GetRange: OTSAuthFailed, request id R).',
  ],
  [
    'a clock that is wrong',
    () => denied('Mismatch between system time and x-ots-date: 2026-12-01T00:00:00Z.'),
    {},
    'Set the clock of this machine: Tablestore refuses calls whose time is more than 15 minutes off (Tablestore GetRange: OTSAuthFailed, request id R).',
  ],
  [
    'a missing right',
    () =>
      refuseAll({
        kind: 'error',
        status: 403,
        code: 'OTSNoPermissionAccess',
        message: 'You have no permission to access the requested resource.',
      }),
    {},
    'Give the role the rights that `npm run setup` prints for the Tablestore instance and its tables: it may not use reboot_plans_due (Tablestore GetRange: OTSNoPermissionAccess You have no permission to access the requested resource, request id R).',
  ],
];

describe('an invocation of execute', () => {
  it.each(cases)(
    'that meets %s ends in one sentence that says what to do',
    async (_what, wrong, caller, sentence) => {
      createTablesIn(cloud.tablestore.core, tables);
      wrong();
      const { message, said } = await endOf(execute, { ...localAccount, ...caller });
      expect(message).toBe(`Nothing could be done in any region: ${sentence}`);
      expect(said).toContain(
        `"code":"region-failed","problem":${JSON.stringify(`Nothing could be done in the region: ${sentence}`)}`,
      );
      for (const secret of [caller.accessKeySecret, caller.securityToken, localAccount.accessKeySecret]) {
        expect(secret === undefined ? '' : said.replaceAll(secret, 'LEAKED')).not.toContain('LEAKED');
      }
      expect(cloud.tablestore.calls.get('GetRange')).toBe(1);
    },
  );

  it('never shows the token, the signature or the secret, although Tablestore echoes them', async () => {
    createTablesIn(cloud.tablestore.core, tables);
    const [token, secret] = ['CAIStokenOfThisInvocation', 'secret-of-this-invocation'];
    const signature = '/RbAhjnYX9tCDAEOS7sUiWPLKDc=';
    denied(`Signature mismatch. x-ots-ststoken:${token} x-ots-signature:${signature} with ${secret}`);
    const { message, said } = await endOf(execute, {
      ...localAccount,
      accessKeySecret: secret,
      securityToken: token,
    });
    expect(message).toContain('Check the role of the function');
    for (const hidden of [token, secret, signature]) expect(said).not.toContain(hidden);
  });

  it.each([429, 403])('goes on after Tablestore has throttled three reads with %i', async (status) => {
    createTablesIn(cloud.tablestore.core, tables);
    const code = status === 429 ? 'OTSFlowControl' : 'OTSQuotaExhausted';
    cloud.tablestore.faults.add({ operation: 'GetRange', times: 3, fault: { kind: 'error', status, code } });
    const { message } = await endOf(execute);
    expect(message).toContain('nothing was thrown: {"due":0,');
    // Three that were throttled, and the two reads of the region.
    expect(cloud.tablestore.calls.get('GetRange')).toBe(5);
  });
});

describe('an invocation of plan', () => {
  it('that meets a missing table ends in the same sentence', async () => {
    const { message } = await endOf(plan);
    expect(message).toBe(
      'Nothing could be done in any region: Run `npm run setup` with the settings of the functions: the Tablestore instance has no table or index reboot_plans (Tablestore GetRange: OTSObjectNotExist Requested table does not exist, request id R).',
    );
  });
});

describe('setup', () => {
  it('says what to do if the instance does not let its network in', async () => {
    denied('Request denied by instance ACL policies.');
    const client = openClient(cloud.tablestore, localAccount);
    const [design] = tableDesigns(tables);
    if (design === undefined) throw new Error('there is no design');
    expect(await messageOf(setUpTable(client, design))).toBe(
      'Open the network access of the Tablestore instance (console of Tablestore: the instance, Network Management, allow the internet), or use the endpoint of a network that it lets in (*.vpc.tablestore.aliyuncs.com): it refuses the network of this call (Tablestore DescribeTable: OTSAuthFailed, request id R).',
    );
  });
});

describe('right after setup', () => {
  const now = at('2026-12-01T18:00:00Z');
  const atEnd = (close: () => Promise<void>): void => onTestFinished(close);

  it('a table that is not ready is a failed read that says to wait', async () => {
    const here = await storeOnLoopback(atEnd, { tableReadyAfterMs: 60_000 });
    const failed = here.store.readDue('cn-hangzhou', now);
    await expect(failed).rejects.toThrow(StoreReadFailed);
    expect(await messageOf(failed)).toBe(
      `Wait a minute, as after \`npm run setup\`, and the next run goes on: Tablestore still prepares ${index} (Tablestore GetRange: OTSTableNotReady The table is not ready, request id R).`,
    );
    expect(here.pauses).toEqual([100, 400, 1_600]);
    here.pass(60_000);
    expect(await here.store.readDue('cn-hangzhou', now)).toEqual([]);
  });

  it('an index that is still being built is a failed read that says to wait', async () => {
    const here = await storeOnLoopback(atEnd, { indexReadyAfterMs: 120_000 });
    const failed = here.store.readDue('cn-hangzhou', now);
    await expect(failed).rejects.toThrow(StoreReadFailed);
    expect(await messageOf(failed)).toBe(
      `Wait some minutes, as after \`npm run setup\`, and the next run goes on: Tablestore still builds the index ${index} (Tablestore GetRange: OTSParameterInvalid Disallow read local index while it is being built, request id R).`,
    );
    expect(here.pauses).toEqual([100, 400, 1_600]);
    here.pass(120_000);
    expect(await here.store.readDue('cn-hangzhou', now)).toEqual([]);
  });
});

describe('throttling', () => {
  const atEnd = (close: () => Promise<void>): void => onTestFinished(close);
  const throttled = (code: string): string =>
    `Look for other users of the Tablestore instance if this stays, and the next run goes on: Tablestore throttles calls on reboot_plans (Tablestore PutRow: ${code} `;
  const write = { plan: planned(), from: undefined };
  const codes: [number, string][] = [
    [403, 'OTSOperationThrottled'],
    [403, 'OTSCapacityUnitExhausted'],
    [403, 'OTSQuotaExhausted'],
    [429, 'OTSFlowControl'],
  ];

  it.each(codes)('with %i %s fails a write clearly, and the write is not repeated', async (status, code) => {
    const here = await storeOnLoopback(atEnd);
    here.faults.add({ operation: 'PutRow', fault: { kind: 'error', status, code } });
    const outcome = await here.store.write(write);
    expect(outcome).toEqual({ kind: 'failed', message: expect.stringContaining(throttled(code)) as string });
    expect(here.requests('PutRow')).toHaveLength(1);
    expect(here.requests('BatchGetRow')).toEqual([]);
    expect([here.pauses, here.core.record]).toEqual([[], []]);
  });

  it('of a batch fails each of its rows, without a call for each', async () => {
    const here = await storeOnLoopback(atEnd);
    const fault = { kind: 'error', status: 429, code: 'OTSFlowControl' } as const;
    here.faults.add({ operation: 'BatchWriteRow', fault });
    const writes = ['i-1', 'i-2'].map((instanceId) => ({ plan: planned({ instanceId }), from: undefined }));
    const outcomes = await here.store.writeAll(writes);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect([here.requests('BatchWriteRow').length, here.requests('PutRow').length]).toEqual([1, 0]);
  });

  it('with OTSStorageServerBusy leaves a write unknown: the row is read, and the write is not repeated', async () => {
    const here = await storeOnLoopback(atEnd);
    const fault = { kind: 'error', status: 500, code: 'OTSStorageServerBusy' } as const;
    here.faults.add({ operation: 'PutRow', fault });
    expect(await here.store.write(write)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/OTSStorageServerBusy.*; the row does not show the write$/) as string,
    });
    expect([here.requests('PutRow').length, here.requests('BatchGetRow').length]).toEqual([1, 1]);
  });

  it.each<[number, string]>([
    ...codes,
    [503, 'OTSServerBusy'],
    [500, 'OTSStorageServerBusy'],
    [403, 'OTSNotEnoughCapacityUnit'],
  ])('with %i %s repeats a read, with growing pauses, and then says so', async (status, code) => {
    const here = await storeOnLoopback(atEnd);
    const fault = { kind: 'error', status, code } as const;
    here.faults.add({ operation: 'BatchGetRow', times: 3, fault });
    expect(await here.store.readByInstance('cn-hangzhou', ['i-1'])).toEqual([]);
    expect(here.pauses).toEqual([100, 400, 1_600]);
    here.faults.add({ operation: 'BatchGetRow', times: 4, fault });
    const failed = here.store.readByInstance('cn-hangzhou', ['i-1']);
    await expect(failed).rejects.toThrow(StoreReadFailed);
    expect(await messageOf(failed)).toContain(
      `Tablestore throttles calls on reboot_plans (Tablestore BatchGetRow: ${code} `,
    );
  });
});

describe('an endpoint whose host nobody knows', () => {
  it('asks whether the instance is there: it may be misspelt, not made yet, or in another region', () => {
    const message = 'Tablestore DescribeTable: getaddrinfo ENOTFOUND no-such.cn-hangzhou.ots.aliyuncs.com';
    expect(sentenceOn(new TablestoreFault(message, undefined), 'reboot_plans')).toBe(
      'Check TABLESTORE_INSTANCE and TABLESTORE_ENDPOINT, whether there is such an instance in that region, and the network: nobody knows a host of this name (Tablestore DescribeTable: getaddrinfo ENOTFOUND no-such.cn-hangzhou.ots.aliyuncs.com).',
    );
  });
});
