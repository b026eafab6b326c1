// The port Commands on the calls of Cloud Assistant. Commands are named by their ids and never written here, so that
// whoever may run this function runs nothing but what somebody else has put there.
import type { Commands } from '../../ports.ts';
import type { EcsApi } from './api.ts';
import { readResultPage } from './command-answers.ts';
import { pagesOf, readsOf, type ReadTiming } from './reads.ts';
import { startsOf } from './starts.ts';

/** The least Timeout that InvokeCommand takes. */
const leastTimeoutSeconds = 10;

/** The most results a call that DescribeInvocationResults gives. */
const resultsACall = 50;

/** Cloud Assistant by way of these calls. */
export function openCommands(api: EcsApi, timing: ReadTiming): Commands {
  const read = readsOf(api, timing);
  const start = startsOf(api);

  return {
    invoke: (regionId, { instanceId, commandId, timeoutMs, clientToken }) =>
      start(regionId, 'InvokeCommand', {
        regionId,
        commandId,
        instanceId: [instanceId],
        timeout: Math.max(leastTimeoutSeconds, Math.ceil(timeoutMs / 1000)),
        repeatMode: 'Once',
        clientToken,
      }),

    async resultOf(regionId, { invokeId, instanceId }) {
      const request = { regionId, invokeId, instanceId, maxResults: resultsACall };
      const pages = pagesOf(async (nextToken) =>
        readResultPage(await read(regionId, 'DescribeInvocationResults', { ...request, ...nextToken })),
      );
      for await (const runs of pages) {
        const run = runs.find((one) => one.instanceId === instanceId);
        if (run !== undefined) return run.result;
      }
      return { kind: 'running' };
    },
  };
}
