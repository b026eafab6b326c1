// ECS without sockets: the local cloud's core behind the same interface as the SDK, with errors of the shapes that the
// SDK throws. What carries the calls is given, so that a simulation can hold them up and lose them.
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { attempt, type EcsRequest, type Reply } from '../cloud/ecs/core/attempt.ts';
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { Faults } from '../cloud/faults.ts';

/** Carries a call to the core and its reply back. */
export type EcsCarrier = (request: EcsRequest, regionId: string) => Promise<Reply>;

/** The straight way: at once, with the faults that are waiting. */
export function straightToEcs(core: EcsCore, faults?: Faults): EcsCarrier {
  return (request) => Promise.resolve(attempt(core, faults, request));
}

export function inProcessEcs(carry: EcsCarrier): EcsApi {
  return {
    async call(regionId, action, parameters) {
      const reply = await carry({ action, params: flattened(parameters) }, regionId);
      return received(action, reply);
    },
  };
}

/** `{ eventId: ['e-1'] }` → `{ 'EventId.1': 'e-1' }`, as the SDK's models and its query encoding do. */
function flattened(parameters: object): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters) as [string, Parameter | undefined][]) {
    const wireName = name.slice(0, 1).toUpperCase() + name.slice(1);
    if (value === undefined) continue;
    if (typeof value === 'object') value.forEach((item, index) => (flat[`${wireName}.${index + 1}`] = item));
    else flat[wireName] = String(value);
  }
  return flat;
}

type Parameter = string | number | boolean | readonly string[];

/** What the SDK gives or throws for a reply. */
function received(action: string, reply: Reply): unknown {
  switch (reply.kind) {
    case 'answer': {
      if ('body' in reply.outcome) return reply.outcome.body;
      const { status, code, message, requestId } = reply.outcome.error;
      throw Object.assign(new Error(`code: ${status}, ${message} request id: ${requestId ?? ''}`), {
        statusCode: status,
        code,
        requestId,
      });
    }
    case 'html':
      throw new SyntaxError(`Unexpected token < in JSON at position 0`);
    case 'empty':
      throw new SyntaxError('Unexpected end of JSON input');
    case 'reset':
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    case 'truncate':
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    case 'stall':
      throw Object.assign(new Error(`ReadTimeout(10000) ECS ${action}`), { name: 'RequestTimeoutError' });
  }
}
