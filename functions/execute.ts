// Handler of the execute timer.
import { openWorld } from '../lib/alibaba/world.ts';
import { readConfiguration } from '../lib/config.ts';
import { checkTimeout } from '../lib/setting-faults.ts';
import { beginInvocation, handlerOf } from '../lib/function-compute.ts';
import { executePlans } from '../lib/jobs/execute-plans.ts';

/** Executes what is due in every region; gives back the report as JSON text. */
export const handler = handlerOf(async (event, context) => {
  const { clock, log, deadline, name } = beginInvocation(event, context);
  const configuration = readConfiguration(process.env, context.region);
  checkTimeout(context.function.timeout);
  const { credentials } = context;
  const world = openWorld(configuration, { credentials, clock, name, deadline });
  const ports = { ...world, clock, log, deadline, owner: name };
  const report = await executePlans(ports, configuration.settings, configuration.regions);
  log.info('Done.', { ...report, problems: report.problems.length });
  return JSON.stringify(report);
});
