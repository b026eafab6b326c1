// Handler of the execute timer.
import { executePlans } from '../lib/jobs/execute/execute-plans.ts';
import { asksForCheck } from '../lib/runtime/check-event.ts';
import { beginInvocation, credentialsOf, handlerOf } from '../lib/runtime/function-compute.ts';
import { withPorts } from '../lib/runtime/open-ports.ts';
import { readConfiguration } from '../lib/settings/configuration.ts';
import { checkTimeout } from '../lib/settings/faults.ts';

/** Executes the due plans of every region. Returns the report as JSON text. The event `{"check":true}` asks for a self-check. */
export const handler = handlerOf(async (event, context) => {
  const invocation = beginInvocation(event, context);
  if (asksForCheck(event)) {
    const { selfCheck } = await import('./self-check.ts');
    return selfCheck('execute', context, invocation);
  }
  const { clock, log, deadline, name } = invocation;
  const configuration = readConfiguration(process.env, context.region);
  checkTimeout(context.function.timeout);
  const caller = { credentials: credentialsOf(context), clock, name, deadline };
  const report = await withPorts(configuration, caller, (opened) => {
    const { language } = configuration;
    const ports = { ...opened, clock, log, language, deadline, owner: name };
    return executePlans(ports, configuration.settings, configuration.regions);
  });
  log.info('Done.', { ...report, problems: report.problems.length });
  return JSON.stringify(report);
});
