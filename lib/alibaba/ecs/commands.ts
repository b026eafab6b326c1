// The port Commands on the calls of Cloud Assistant. Commands are named by id, and no command text is sent. So the function
// can only run commands that a person saved in Cloud Assistant.
import type { Commands } from '../../ports.ts';
import type { EcsApi } from './api.ts';
import { readResultPage } from './command-answers.ts';
import { pagesOf, readsOf, type ReadTiming } from './reads.ts';
import { startsOf } from './starts.ts';

/** The shortest Timeout that InvokeCommand takes. */
const leastTimeoutSeconds = 10;

/** The most results per call of DescribeInvocationResults. */
const resultsACall = 50;

/** Cloud Assistant through these calls. */
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
