// The local API of Function Compute over HTTP, called by the official client.
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type Fc from '@alicloud/fc20230330';
import { RuntimeOptions } from '@darabonba/typescript';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock } from '../../clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../local-cloud.ts';
import { callSts, codeOf, configFor, type Credentials } from '../../ram/testing/clients.ts';
import { sessionOfRole, trustOf } from '../../ram/testing/roles.ts';
import type { DeployedState } from './fc-state.ts';
import { operations } from './routes.ts';

// The package is CommonJS with a default export. Node and Vitest put it in different places of an ES import.
const fc = createRequire(import.meta.url)('@alicloud/fc20230330') as typeof Fc;
type FcClient = InstanceType<typeof Fc.default>;

const clientFor = (cloud: LocalCloud, as: Credentials = localAccount): FcClient =>
  new fc.default(configFor(cloud.fc.endpoint, as));

/** A function with a timer. */
function deployed(functionName: string, change: Partial<DeployedState> = {}): DeployedState {
  return {
    function: {
      functionName,
      handler: 'index.handler',
      runtime: 'nodejs20',
      timeout: 120,
      memorySize: 256,
      environmentVariables: { MODE: 'auto' },
    },
    triggers: [timer('plan-timer')],
    ...change,
  };
}

const timer = (triggerName: string) => ({
  triggerName,
  triggerType: 'timer',
  triggerConfig: '{"cronExpression":"0 */15 * * * *","enable":true,"payload":""}',
});

async function localFc(...functions: DeployedState[]): Promise<{ cloud: LocalCloud; client: FcClient }> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  for (const state of functions) cloud.fc.core.deploy(state);
  return { cloud, client: clientFor(cloud) };
}

describe('A function', () => {
  it('is read with its state, its settings and its ARN', async () => {
    const { cloud, client } = await localFc(deployed('plan'));
    const read = async () => (await client.getFunction('plan', new fc.GetFunctionRequest({}))).body;
    expect(await read()).toMatchObject({
      functionArn: 'acs:fc:cn-hangzhou:1000000000000001:functions/plan',
      functionName: 'plan',
      runtime: 'nodejs20',
      timeout: 120,
      environmentVariables: { MODE: 'auto' },
      state: 'Active',
      lastUpdateStatus: 'Successful',
    });
    Object.assign(cloud.fc.core.deployed('plan').function, {
      state: 'Failed',
      stateReasonCode: 'ImageNotFound',
    });
    expect(await read()).toMatchObject({ state: 'Failed', stateReasonCode: 'ImageNotFound' });
  });

  it('that is not deployed, or not any more, is not found', async () => {
    const { cloud, client } = await localFc(deployed('plan'));
    cloud.fc.core.remove('plan');
    await expect(client.getFunction('plan', new fc.GetFunctionRequest({}))).rejects.toMatchObject({
      code: 'FunctionNotFound',
      statusCode: 404,
      message: expect.stringContaining("function 'plan' does not exist") as string,
    });
  });

  it('is listed by a prefix, page by page, and without its state', async () => {
    const { client } = await localFc(deployed('a-1'), deployed('b-1'), deployed('b-2'), deployed('b-3'));
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const { body } = await client.listFunctions(
        new fc.ListFunctionsRequest({
          prefix: 'b-',
          limit: 2,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      for (const listed of body?.functions ?? []) {
        names.push(listed.functionName);
        expect(listed).not.toHaveProperty('state');
        expect(listed.runtime).toBe('nodejs20');
      }
      nextToken = body?.nextToken;
    } while (nextToken !== undefined);
    expect(names).toEqual(['b-1', 'b-2', 'b-3']);
  });

  it('is listed in pages of 1 to 100', async () => {
    const { client } = await localFc();
    const list = (limit: number): Promise<unknown> =>
      client.listFunctions(new fc.ListFunctionsRequest({ limit }));
    expect(await codeOf(list(101))).toBe('InvalidArgument');
    expect(await codeOf(list(100))).toBe('OK');
  });
});

describe('The triggers of a function', () => {
  it('are listed by a prefix, page by page, with their settings as JSON', async () => {
    const { client } = await localFc(
      deployed('plan', { triggers: [timer('timer-2'), timer('old'), timer('timer-1')] }),
    );
    const first = await client.listTriggers(
      'plan',
      new fc.ListTriggersRequest({ prefix: 'timer', limit: 1 }),
    );
    const { nextToken = '' } = first.body ?? {};
    const second = await client.listTriggers(
      'plan',
      new fc.ListTriggersRequest({ prefix: 'timer', limit: 1, nextToken }),
    );
    const all = [first, second].flatMap(({ body }) => body?.triggers ?? []);
    expect(all.map(({ triggerName, triggerType }) => [triggerName, triggerType])).toEqual([
      ['timer-1', 'timer'],
      ['timer-2', 'timer'],
    ]);
    expect(second.body?.nextToken).toBeUndefined();
    expect(JSON.parse(all[0]?.triggerConfig ?? '')).toEqual({
      cronExpression: '0 */15 * * * *',
      enable: true,
      payload: '',
    });
  });

  it('are read one by one', async () => {
    const { client } = await localFc(deployed('plan'));
    const { body } = await client.getTrigger('plan', 'plan-timer');
    expect(body?.targetArn).toBe('acs:fc:cn-hangzhou:1000000000000001:functions/plan');
    expect(await codeOf(client.getTrigger('plan', 'old'))).toBe('TriggerNotFound');
    expect(await codeOf(client.getTrigger('none', 'old'))).toBe('FunctionNotFound');
  });
});

describe('The settings of invocations', () => {
  it('are read where there are some', async () => {
    const { client } = await localFc(
      deployed('plan', {
        asyncInvokeConfig: { maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 300 },
        reservedConcurrency: 1,
      }),
    );
    const asynchronous = await client.getAsyncInvokeConfig('plan', new fc.GetAsyncInvokeConfigRequest({}));
    expect(asynchronous.body).toMatchObject({ maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 300 });
    expect((await client.getConcurrencyConfig('plan')).body).toMatchObject({ reservedConcurrency: 1 });
  });

  it('are not found where there are none', async () => {
    const { client } = await localFc(deployed('plan'));
    const asynchronous = client.getAsyncInvokeConfig('plan', new fc.GetAsyncInvokeConfigRequest({}));
    expect(await codeOf(asynchronous)).toBe('AsyncConfigNotExists');
    expect(await codeOf(client.getConcurrencyConfig('plan'))).toBe('OnDemandConfigNotFound');
  });
});

/** Invokes a function. Returns the status, the type of the error and the body. */
async function invoke(client: FcClient, name: string, event: string, xFcInvocationType = 'Sync') {
  const { statusCode, headers, body } = await client.invokeFunctionWithOptions(
    name,
    new fc.InvokeFunctionRequest({ body: Readable.from([Buffer.from(event)]) }),
    new fc.InvokeFunctionHeaders({ xFcInvocationType }),
    new RuntimeOptions({}),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of body ?? []) chunks.push(Buffer.from(chunk as Uint8Array));
  return { statusCode, errorType: headers?.['x-fc-error-type'], body: Buffer.concat(chunks).toString() };
}

describe('An invocation', () => {
  it('waits for the handler, which gets the event and the documented context', async () => {
    const { client } = await localFc(
      deployed('plan', {
        invoke: (event, context) => Promise.resolve(JSON.stringify({ event: event.toString(), context })),
      }),
    );
    const { statusCode, errorType, body } = await invoke(client, 'plan', '{"check":true}');
    expect([statusCode, errorType]).toEqual([200, undefined]);
    expect(JSON.parse(body)).toMatchObject({
      event: '{"check":true}',
      context: {
        region: 'cn-hangzhou',
        accountId: '1000000000000001',
        function: { name: 'plan', handler: 'index.handler', memory: 256, timeout: 120 },
        credentials: {},
      },
    });
  });

  it('of a handler that throws is answered with 200, a type of error and the message', async () => {
    const { client } = await localFc(
      deployed('plan', { invoke: () => Promise.reject(new TypeError('no table')) }),
    );
    const { statusCode, errorType, body } = await invoke(client, 'plan', '{}');
    expect([statusCode, errorType]).toEqual([200, 'UnhandledInvocationError']);
    expect(JSON.parse(body)).toMatchObject({ errorMessage: 'no table', errorType: 'TypeError' });
  });

  it('that is asynchronous is accepted at once', async () => {
    let received = '';
    const { client } = await localFc(
      deployed('plan', {
        invoke: (event) => {
          received = event.toString();
          return new Promise(() => undefined);
        },
      }),
    );
    expect(await invoke(client, 'plan', '{"n":1}', 'Async')).toMatchObject({ statusCode: 202, body: '' });
    expect(received).toBe('{"n":1}');
    expect(await codeOf(invoke(client, 'none', '{}', 'Async'))).toBe('FunctionNotFound');
  });

  it('has a session of the role of its function', async () => {
    const { cloud, client } = await localFc();
    const trust = trustOf('fc.aliyuncs.com');
    cloud.ram.core.call('CreateRole', { RoleName: 'planner', AssumeRolePolicyDocument: trust });
    const state = deployed('plan', {
      invoke: async (_, context) => {
        const { credentials } = context as { credentials: Credentials };
        return (await callSts(cloud.sts.endpoint, credentials, 'GetCallerIdentity'))['Arn'];
      },
    });
    state.function.role = 'acs:ram::1000000000000001:role/planner';
    cloud.fc.core.deploy(state);
    expect((await invoke(client, 'plan', '{}')).body).toBe(
      'acs:ram::1000000000000001:assumed-role/planner/fc',
    );
  });

  it.each([
    ['does not exist', undefined],
    ['trusts another service', 'ecs.aliyuncs.com'],
  ])('of a function whose role %s is refused', async (_, service) => {
    const { cloud, client } = await localFc();
    if (service !== undefined) {
      const role = { RoleName: 'planner', AssumeRolePolicyDocument: trustOf(service) };
      cloud.ram.core.call('CreateRole', role);
    }
    const state = deployed('plan', { invoke: () => Promise.resolve('done') });
    state.function.role = 'acs:ram::1000000000000001:role/planner';
    cloud.fc.core.deploy(state);
    expect(await codeOf(invoke(client, 'plan', '{}'))).toBe('AccessDenied');
  });
});

const onFunction = 'acs:fc:cn-hangzhou:1000000000000001:functions/plan';

/** A call of each operation, and what it needs. */
const calls: readonly [
  operation: string,
  action: string,
  resource: string,
  call: (client: FcClient) => Promise<unknown>,
][] = [
  [
    'ListFunctions',
    'fc:ListFunctions',
    'acs:fc:cn-hangzhou:1000000000000001:functions/*',
    (client) => client.listFunctions(new fc.ListFunctionsRequest({})),
  ],
  [
    'GetFunction',
    'fc:GetFunction',
    onFunction,
    (client) => client.getFunction('plan', new fc.GetFunctionRequest({})),
  ],
  [
    'ListTriggers',
    'fc:ListTriggers',
    `${onFunction}/triggers/*`,
    (client) => client.listTriggers('plan', new fc.ListTriggersRequest({})),
  ],
  [
    'GetTrigger',
    'fc:GetTrigger',
    `${onFunction}/triggers/plan-timer`,
    (client) => client.getTrigger('plan', 'plan-timer'),
  ],
  [
    'GetAsyncInvokeConfig',
    'fc:GetFunctionAsyncInvokeConfig',
    onFunction,
    (client) => client.getAsyncInvokeConfig('plan', new fc.GetAsyncInvokeConfigRequest({})),
  ],
  [
    'GetConcurrencyConfig',
    'fc:GetConcurrencyConfig',
    onFunction,
    (client) => client.getConcurrencyConfig('plan'),
  ],
  ['InvokeFunction', 'fc:InvokeFunction', onFunction, (client) => invoke(client, 'plan', '{}')],
];

describe('The rights of Function Compute', () => {
  it('have a call of each operation below', () => {
    expect(calls.map(([operation]) => operation)).toEqual(operations);
  });

  it.each(calls)('let %s through with %s on %s, and nothing else', async (_, action, resource, call) => {
    const { cloud } = await localFc(
      deployed('plan', { asyncInvokeConfig: {}, reservedConcurrency: 1, invoke: () => Promise.resolve('') }),
    );
    const allow = { Effect: 'Allow', Action: action, Resource: resource } as const;
    const enough = sessionOfRole(cloud.ram.core, 'enough', allow);
    expect(await codeOf(call(clientFor(cloud, enough)))).toBe('OK');
    const deny = { Effect: 'Deny', Action: action, Resource: '*' } as const;
    const denied = sessionOfRole(cloud.ram.core, 'denied', { ...allow, Action: '*', Resource: '*' }, deny);
    await expect(call(clientFor(cloud, denied))).rejects.toMatchObject({
      code: 'AccessDenied',
      statusCode: 403,
      message: expect.stringContaining(
        `the caller is not authorized to perform '${action}' on resource '${resource}'`,
      ) as string,
    });
  });
});

it('A wrong secret is refused, and so is what the local cloud does not have', async () => {
  const { cloud, client } = await localFc(deployed('plan'));
  const wrong = clientFor(cloud, { ...localAccount, accessKeySecret: 'wrong' });
  expect(await codeOf(wrong.getConcurrencyConfig('plan'))).toBe('SignatureDoesNotMatch');
  expect(await codeOf(client.deleteFunction('plan'))).toBe('LocalCloud.NotImplemented');
});
