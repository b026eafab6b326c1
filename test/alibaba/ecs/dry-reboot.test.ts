// The dry run of RebootInstance. Whatever it is asked with, nothing leaves without DryRun=true: a server that only records looks
// at the bytes of every call.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dryReboot } from '../../../lib/alibaba/ecs/dry-reboot.ts';
import { ecsOnLoopback } from './ecs-on-loopback.ts';

const key = { accessKeyId: 'key', accessKeySecret: 'secret' };

/** Takes every call, and keeps the parameters of its URL and of its body. */
async function recorder(
  status: number,
  body: object,
): Promise<{ endpoint: string; calls: [string, string][][] }> {
  const calls: [string, string][][] = [];
  const server = createServer((incoming, response) => {
    void text(incoming).then((sent) => {
      const url = new URL(incoming.url ?? '', 'http://host');
      calls.push([...url.searchParams, ...new URLSearchParams(sent)]);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

const refused = { Code: 'DryRunOperation', Message: 'no', RequestId: 'r' };

describe('a dry run of RebootInstance', () => {
  it('restarts nothing, and ECS says that it would', async () => {
    const here = await ecsOnLoopback(onTestFinished);
    here.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    const answer = await dryReboot({ endpoint: here.server.endpoint }, key, {
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
    });
    expect(answer).toMatchObject({ kind: 'refused', fault: { code: 'DryRunOperation', status: 400 } });
    expect(here.calls('RebootInstance')[0]?.params).toEqual({
      InstanceId: 'i-1',
      ForceStop: 'false',
      DryRun: 'true',
    });
    expect(here.core.instances()[0]?.restarts.api).toBe(0);
  });

  it('has DryRun=true in every call that leaves, whatever the id of the instance is', async () => {
    const { endpoint, calls } = await recorder(400, refused);
    const odd = [
      '',
      'i-1&DryRun=false',
      'i-1?DryRun=false#',
      '{"DryRun":false}',
      'i-1\r\nDryRun: false',
      '实例',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'grapheme' })),
        async (instanceId) => {
          const before = calls.length;
          await dryReboot({ endpoint }, key, { regionId: 'cn-hangzhou', instanceId });
          const [sent = [], ...more] = calls.slice(before);
          expect(more).toEqual([]);
          const named = (name: string): string[] =>
            sent.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
          expect(named('dryrun')).toEqual(['true']);
          expect(named('forcestop')).toEqual(['false']);
          expect(named('instanceid')).toEqual(instanceId === '' ? [''] : [instanceId]);
        },
      ),
      { numRuns: 60, seed: 1, examples: odd.map((one): [string] => [one]) },
    );
    expect(calls.length).toBeGreaterThan(50);
  });

  it('is sent once, also where the answer is a server error', async () => {
    const { endpoint, calls } = await recorder(503, { Code: 'ServiceUnavailable', Message: 'no' });
    const answer = await dryReboot({ endpoint }, key, { regionId: 'cn-hangzhou', instanceId: 'i-1' });
    expect(answer).toMatchObject({ kind: 'refused', fault: { status: 503 } });
    expect(calls).toHaveLength(1);
  });

  it('that is taken for a restart is said', async () => {
    const { endpoint } = await recorder(200, { RequestId: 'r' });
    const answer = await dryReboot({ endpoint }, key, { regionId: 'cn-hangzhou', instanceId: 'i-1' });
    expect(answer).toEqual({ kind: 'accepted' });
  });
});
