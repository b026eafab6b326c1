// No secret gets out: whole runs of the built functions with temporary credentials, against services that echo what was sent
// to them, refuse it, or do not answer. Every log line, row, reason, timeline, report and error is searched for the access
// key, its secret, the token and every signature that was sent.
import { inspect } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import { ecsAtEdge } from '../../lib/alibaba/edge.ts';
import { maskOf } from '../../lib/alibaba/credentials.ts';
import {
  credentials,
  EchoCloud,
  echoedByEcs,
  echoedByTablestore,
  ecsError,
  leaksIn,
  wrongSignature,
  type SeenCall,
  type Trouble,
} from './echo-cloud.ts';

const start = (expiresAt?: number): Promise<EchoCloud> =>
  EchoCloud.start((close) => onTestFinished(close), expiresAt);

/** Everything that people can read, as one text. */
const wordsOf = (cloud: EchoCloud): string =>
  cloud
    .readable()
    .map(({ text }) => text)
    .join('\n');

const only =
  (operations: readonly string[], trouble: (call: SeenCall) => Trouble) =>
  (call: SeenCall): Trouble | undefined =>
    operations.includes(call.operation) ? trouble(call) : undefined;

it('a night without trouble: both functions do their work', async () => {
  const cloud = await start();
  expect(await cloud.run('plan')).toMatchObject({ created: 2, problems: [] });
  expect(await cloud.run('execute')).toMatchObject({ due: 2, rebooted: 2 });
  expect(cloud.readable().filter(({ where }) => where === 'row of reboot_plans')).toHaveLength(2);
  expect(cloud.signatures.size).toBeGreaterThan(5);
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it('a wrong signature of every call: ECS echoes the string to sign', async () => {
  const cloud = await start();
  await cloud.run('plan');
  cloud.ecs.trouble = wrongSignature;
  await cloud.run('execute');
  const error = await cloud.run('plan');
  expect(String(error)).toContain('SignatureDoesNotMatch');
  // Control: the service did echo the token and the key, and the search finds them.
  expect(leaksIn(cloud.echoes, [credentials.securityToken])).not.toEqual([]);
  expect(leaksIn(cloud.echoes, [credentials.accessKeyId])).not.toEqual([]);
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it.each([
  ['a wrong signature of RebootInstance', wrongSignature, 'SignatureDoesNotMatch'],
  ['an answer to RebootInstance that proves nothing and echoes its headers', echoedByEcs, 'InvalidSomething'],
  ['a reset of RebootInstance', (): Trouble => 'reset', 'ECONNRESET'],
  ['no answer to RebootInstance', (): Trouble => 'no-answer', 'ReadTimeout(10000)'],
])('%s', async (_name, trouble, word) => {
  const cloud = await start();
  await cloud.run('plan');
  cloud.ecs.trouble = only(['RebootInstance'], trouble);
  await cloud.run('execute');
  expect(wordsOf(cloud)).toContain(word);
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it('an expired token: ECS refuses every call', async () => {
  const cloud = await start(0);
  expect(String(await cloud.run('plan'))).toContain('InvalidSecurityToken.Expired');
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it('a closed network: no service can be reached', async () => {
  const cloud = await start();
  await cloud.run('plan');
  const closed = 'http://127.0.0.1:9';
  cloud.environment = { ECS_ENDPOINT: closed };
  await cloud.run('execute');
  expect(wordsOf(cloud)).toContain('ECONNREFUSED');
  cloud.environment = { ECS_ENDPOINT: closed, TABLESTORE_ENDPOINT: closed };
  expect(String(await cloud.run('plan'))).toContain('ECONNREFUSED');
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it('Tablestore echoes the headers of every call', async () => {
  const cloud = await start();
  cloud.tablestore.trouble = echoedByTablestore;
  expect(String(await cloud.run('plan'))).toContain('OTSAuthFailed');
  expect(String(await cloud.run('execute'))).toContain('OTSAuthFailed');
  expect(leaksIn(cloud.echoes, [credentials.securityToken])).not.toEqual([]);
  // Nobody expected this error, so it is logged with its stack.
  expect(wordsOf(cloud)).toMatch(/\n +at /);
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it('Tablestore echoes the headers of every write', async () => {
  const cloud = await start();
  await cloud.run('plan');
  cloud.tablestore.trouble = only(['UpdateRow', 'PutRow', 'BatchWriteRow'], echoedByTablestore);
  await cloud.run('execute');
  expect(wordsOf(cloud)).toContain('OTSAuthFailed');
  expect(leaksIn(cloud.readable(), cloud.secrets())).toEqual([]);
});

it('control: the error of the SDK has the token, and the edge masks it', async () => {
  const cloud = await start();
  cloud.ecs.trouble = echoedByEcs;
  const api = openEcsApi({ endpoint: cloud.ecs.endpoint }, credentials);
  const parameters = { regionId: 'cn-hangzhou', instanceIds: '["i-1"]', maxResults: 100 };
  const errorOf = async (one: EcsApi): Promise<{ where: string; text: string }[]> => {
    const thrown: unknown = await one
      .call('cn-hangzhou', 'DescribeInstances', parameters)
      .catch((error: unknown) => error);
    return [{ where: 'error', text: inspect(thrown, { depth: 10, maxStringLength: Infinity }) }];
  };
  expect(leaksIn(await errorOf(api), [credentials.securityToken])).not.toEqual([]);
  expect(leaksIn(await errorOf(api), [credentials.accessKeyId])).not.toEqual([]);
  expect(leaksIn(await errorOf(ecsAtEdge(api, maskOf(credentials))), cloud.secrets())).toEqual([]);
});

it.each([
  [
    'a wrong signature',
    wrongSignature,
    'Check the secret of the access key, and any proxy that stands before ECS: the secret is wrong, or something changed the call on its way.',
  ],
  [
    'a missing right',
    () => ecsError(403, 'Forbidden.RAM', 'User not authorized to operate on the specified resource.'),
    'Give the role of the function the right ecs:RebootInstance: `npm run setup` prints the rights of each role.',
  ],
])(
  'what to do stands in the row and in the report when ECS refuses the restart: %s',
  async (_name, trouble, advice) => {
    const cloud = await start();
    await cloud.run('plan');
    cloud.ecs.trouble = only(['RebootInstance'], trouble);
    const report = await cloud.run('execute');
    expect(JSON.stringify(report)).toContain(advice);
    const rows = cloud.readable().filter(({ where }) => where === 'row of reboot_plans');
    expect(rows.map(({ text }) => text.includes(advice))).toEqual([true, true]);
  },
);

it('what to do stands at the end of the problem when ECS refuses to be read', async () => {
  const cloud = await start();
  cloud.ecs.trouble = () =>
    ecsError(403, 'Forbidden.RAM', 'The role lacks ecs:DescribeInstanceHistoryEvents on *.');
  const error = await cloud.run('plan');
  expect((error as Error).message).toMatch(
    /Give the role of the function the right ecs:DescribeInstanceHistoryEvents: `npm run setup` prints the rights of each role\.$/,
  );
});
