// The functions get the channels of NOTIFY from the same place as the other ports.
import { expect, it } from 'vitest';
import { withPorts } from '../../lib/runtime/open-ports.ts';
import { systemClock } from '../../lib/runtime/clock.ts';
import { readConfiguration } from '../../lib/settings/configuration.ts';
import { onlyOf, receiverOf, sample } from '../channels/loopback.ts';

it('the ports of an invocation have the channels of NOTIFY', async () => {
  const { arrived, origin } = await receiverOf('slack');
  const environment = {
    TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
    TABLESTORE_INSTANCE: 'planner',
    NOTIFY: `slack:${origin}/services/T/B/X`,
  };
  const caller = {
    credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
    clock: systemClock,
    name: 'run-1',
    deadline: systemClock.now().add({ seconds: 120 }),
  };
  const outcomes = await withPorts(readConfiguration(environment, 'cn-hangzhou'), caller, ({ telling }) =>
    Promise.all((telling?.channels ?? []).map((channel) => channel.tell(sample))),
  );
  expect(outcomes).toEqual([{ kind: 'told' }]);
  expect(onlyOf(arrived).url.pathname).toBe('/services/T/B/X');
});
