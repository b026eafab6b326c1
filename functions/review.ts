// Handler of the review timer.
// Every run calls ECS, so its SDK is loaded while the instance starts and not by the first call.
import '../lib/alibaba/ecs/sdk-api.ts';
import { reviewEvents } from '../lib/jobs/review/review-events.ts';
import { beginInvocation, credentialsOf, handlerOf } from '../lib/runtime/function-compute.ts';
import { reviewQuestionOf, withReviewPorts } from '../lib/runtime/open-review-ports.ts';
import { readConfiguration } from '../lib/settings/configuration.ts';

/** Looks back on all regions. Returns the report as JSON text. */
export const handler = handlerOf(async (event, context) => {
  const { clock, log, deadline, name } = beginInvocation(event, context);
  const configuration = readConfiguration(process.env, context.region);
  const caller = { credentials: credentialsOf(context), clock, name, deadline };
  const report = await withReviewPorts(configuration, caller, (opened) => {
    const { language } = configuration;
    const ports = { ...opened, clock, log, language, deadline };
    return reviewEvents(ports, reviewQuestionOf(configuration));
  });
  log.info('Done.', { ...report, problems: report.problems.length });
  return JSON.stringify(report);
});
