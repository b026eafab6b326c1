// The unmodified official Node client over a real socket.
import { expect, test } from 'vitest';
import { day, hour, june1, minute } from '../test-ecs.ts';
import { clientFor, ecs, localEcs } from './local-client.ts';

test('the SDK finds events, reboots the instance, and sees the event Avoided', async () => {
  const { core, client, pass } = await localEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', name: 'web-1', tags: { team: 'blue' } });
  core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });

  const found = await client.describeInstancesFullStatus(
    new ecs.DescribeInstancesFullStatusRequest({
      regionId: 'cn-hangzhou',
      instanceEventType: ['SystemMaintenance.Reboot'],
      notBefore: { start: '2026-06-01T00:00:00Z' },
    }),
  );
  const [item] = found.body?.instanceFullStatusSet?.instanceFullStatusType ?? [];
  expect(item?.status?.name).toBe('Running');
  const [event] = item?.scheduledSystemEventSet?.scheduledSystemEventType ?? [];
  expect([event?.eventId, event?.notBefore]).toEqual(['e-1', '2026-06-02T00:00:00Z']);

  const tagged = await client.describeInstances(
    new ecs.DescribeInstancesRequest({
      regionId: 'cn-hangzhou',
      instanceIds: JSON.stringify(['i-1']),
      tag: [{ key: 'team', value: 'blue' }],
      maxResults: 100,
    }),
  );
  expect(tagged.body?.instances?.instance?.map(({ instanceName }) => instanceName)).toEqual(['web-1']);

  const rebooted = await client.rebootInstance(
    new ecs.RebootInstanceRequest({ instanceId: 'i-1', forceStop: false }),
  );
  expect(rebooted.body?.requestId).toBe('00000000-0000-4000-8000-000000000003');
  pass(minute);
  const history = await client.describeInstanceHistoryEvents(
    new ecs.DescribeInstanceHistoryEventsRequest({
      regionId: 'cn-hangzhou',
      eventId: ['e-1'],
      instanceEventCycleStatus: ['Scheduled', 'Avoided'],
    }),
  );
  const [avoided] = history.body?.instanceSystemEventSet?.instanceSystemEventType ?? [];
  expect([avoided?.eventCycleStatus?.name, avoided?.eventFinishTime]).toEqual([
    'Avoided',
    '2026-06-01T00:00:35Z',
  ]);
});

test('the SDK reads 250 events page by page with NextToken', async () => {
  const { core, client } = await localEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  for (let n = 1; n <= 250; n += 1) {
    core.addEvent({ id: `e-${n}`, instanceId: 'i-1', notBefore: june1 + day });
  }
  const ids: (string | undefined)[] = [];
  let nextToken: string | undefined;
  let calls = 0;
  do {
    const { body } = await client.describeInstanceHistoryEvents(
      new ecs.DescribeInstanceHistoryEventsRequest({
        regionId: 'cn-hangzhou',
        instanceEventCycleStatus: ['Scheduled'],
        maxResults: 100,
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
    ids.push(...(body?.instanceSystemEventSet?.instanceSystemEventType ?? []).map((event) => event.eventId));
    nextToken = body?.nextToken;
    calls += 1;
  } while (nextToken !== undefined);
  expect(calls).toBe(3);
  expect(new Set(ids).size).toBe(250);
});

test('the SDK creates and cancels simulated events, and moves a real one', async () => {
  const { core, client } = await localEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
  const created = await client.createSimulatedSystemEvents(
    new ecs.CreateSimulatedSystemEventsRequest({
      regionId: 'cn-hangzhou',
      eventType: 'SystemMaintenance.Reboot',
      notBefore: '2026-06-01T12:00:00Z',
      instanceId: ['i-1'],
    }),
  );
  const eventId = created.body?.eventIdSet?.eventId ?? [];
  expect(eventId).toHaveLength(1);
  await client.cancelSimulatedSystemEvents(
    new ecs.CancelSimulatedSystemEventsRequest({ regionId: 'cn-hangzhou', eventId }),
  );
  await client.modifySystemEventAttribute(
    new ecs.ModifySystemEventAttributeRequest({
      regionId: 'cn-hangzhou',
      eventId: 'e-1',
      instanceId: 'i-1',
      notBefore: '2026-06-01T06:00:00Z',
    }),
  );
  expect(core.events().map(({ status, notBefore }) => [status, notBefore])).toEqual([
    ['Scheduled', june1 + 6 * hour],
    ['Canceled', june1 + 12 * hour],
  ]);
});

test('the SDK reports a successful dry run as an error with the code DryRunOperation', async () => {
  const { core, client, server } = await localEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  await expect(
    client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId: 'i-1', dryRun: true })),
  ).rejects.toMatchObject({
    name: 'ClientError',
    code: 'DryRunOperation',
    statusCode: 400,
    requestId: '00000000-0000-4000-8000-000000000001',
    data: {
      RequestId: '00000000-0000-4000-8000-000000000001',
      HostId: server.endpoint.replace('http://', ''),
      Code: 'DryRunOperation',
      Message: 'Request validation has been passed with DryRun flag set.',
      Recommend: expect.stringContaining('DryRunOperation') as string,
    },
  });
});

test('the SDK reports throttling as a ThrottlingError until the next minute', async () => {
  const { client, pass } = await localEcs({}, { callsPerMinute: 1 });
  const call = () => client.describeInstances(new ecs.DescribeInstancesRequest({ regionId: 'cn-hangzhou' }));
  await call();
  await expect(call()).rejects.toMatchObject({ name: 'ThrottlingError', code: 'Throttling.User' });
  pass(minute);
  await expect(call()).resolves.toMatchObject({ statusCode: 200 });
});

test('the key, the secret, the token and its expiry are checked for the SDK’s calls', async () => {
  const { client, clock, core, pass, server } = await localEcs({
    credentials: (id) =>
      id === 'key'
        ? { secret: 'secret' }
        : id === 'sts'
          ? { secret: 'secret', token: 'token', expiresAt: june1 + hour }
          : undefined,
  });
  const codeWith = async (settings: Record<string, string>): Promise<unknown> => {
    try {
      const other = clientFor(server.endpoint, settings);
      return (await other.describeRegions(new ecs.DescribeRegionsRequest({}))).statusCode;
    } catch (error) {
      const { statusCode, code } = error as { statusCode: number; code: string };
      return `${statusCode} ${code}`;
    }
  };
  const sts = { accessKeyId: 'sts', securityToken: 'token' };
  expect(await codeWith({})).toBe(200);
  expect(await codeWith({ accessKeyId: 'nobody' })).toBe('404 InvalidAccessKeyId.NotFound');
  expect(await codeWith({ accessKeySecret: 'wrong' })).toBe('400 SignatureDoesNotMatch');
  expect(await codeWith(sts)).toBe(200);
  expect(await codeWith({ accessKeyId: 'sts' })).toBe('403 InvalidSecurityToken.Expired');
  expect(await codeWith({ ...sts, securityToken: 'other' })).toBe(
    '400 InvalidSecurityToken.MismatchWithAccessKey',
  );
  expect(await codeWith({ securityToken: 'token' })).toBe('400 InvalidSecurityToken.MismatchWithAccessKey');
  pass(hour);
  expect(clock.now()).toBe(june1 + hour);
  expect(await codeWith(sts)).toBe('403 InvalidSecurityToken.Expired');
  expect(core.record.calls().filter(({ reached }) => !reached)).toHaveLength(6);
  await expect(client.describeRegions(new ecs.DescribeRegionsRequest({}))).resolves.toBeDefined();
});
