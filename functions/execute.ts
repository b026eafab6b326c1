// Handler of the execute timer.
import { executePlans } from '../lib/jobs/execute/execute-plans.ts';
import { beginInvocation, handlerOf } from '../lib/runtime/function-compute.ts';
import { openPorts } from '../lib/runtime/open-ports.ts';
import { readConfiguration } from '../lib/settings/configuration.ts';
import { checkTimeout } from '../lib/settings/faults.ts';

/** Executes the due plans of every region. Returns the report as JSON text. */
export const handler = handlerOf(async (event, context) => {
  const { clock, log, deadline, name } = beginInvocation(event, context);
  const configuration = readConfiguration(process.env, context.region);
  checkTimeout(context.function.timeout);
  const { credentials } = context;
  const opened = openPorts(configuration, { credentials, clock, name, deadline });
  const ports = { ...opened, clock, log, deadline, owner: name };
  const report = await executePlans(ports, configuration.settings, configuration.regions);
  log.info('Done.', { ...report, problems: report.problems.length });
  return JSON.stringify(report);
});
