// Handler of the review timer.
// Every run calls ECS, so its SDK is loaded while the instance starts and not by the first call.
import '../lib/alibaba/ecs/sdk-api.ts';
import { reviewEvents } from '../lib/jobs/review/review-events.ts';
import { asksForCheck } from '../lib/runtime/check-event.ts';
import { beginInvocation, credentialsOf, handlerOf } from '../lib/runtime/function-compute.ts';
import { reviewQuestionOf, withReviewPorts } from '../lib/runtime/open-review-ports.ts';
import { readConfiguration } from '../lib/settings/configuration.ts';

/** Looks back on all regions. Returns the report as JSON text. The event `{"check":true}` asks for a self-check. */
export const handler = handlerOf(async (event, context) => {
  const invocation = beginInvocation(event, context);
  if (asksForCheck(event)) {
    const { selfCheck } = await import('./self-check.ts');
    return selfCheck('review', context, invocation);
  }
  const { clock, log, deadline, name } = invocation;
  const configuration = readConfiguration(process.env, context.region);
  const caller = { credentials: credentialsOf(context), clock, name, deadline };
  const report = await withReviewPorts(configuration, caller, (opened) => {
    const { language, settings } = configuration;
    const ports = { ...opened, clock, log, language, deadline, timers: settings.timers };
    return reviewEvents(ports, reviewQuestionOf(configuration));
  });
  log.info('Done.', { ...report, problems: report.problems.length });
  return JSON.stringify(report);
});
