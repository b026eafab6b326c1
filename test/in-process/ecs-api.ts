// ECS without sockets: the local cloud's core behind the same interface as the SDK, with errors in the shapes that the SDK
// throws. The caller gives the carrier of the calls, so that a simulation can delay and lose them.
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { attempt, type EcsRequest, type Reply } from '../cloud/ecs/core/attempt.ts';
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { emptyAnswer, htmlAnswer, jsonAnswer, type WireAnswer } from '../cloud/ecs/wire/answer.ts';
import type { Faults } from '../cloud/faults.ts';

/** Carries a call to the core and its reply back. */
export type EcsCarrier = (request: EcsRequest, regionId: string) => Promise<Reply>;

/**
 * Carries each call at once, with the faults that are waiting. `endpoint`: the only region that is served. Default: every
 * region, as at the bare loopback address.
 */
export function straightToEcs(core: EcsCore, faults?: Faults, endpoint?: string): EcsCarrier {
  return (request) =>
    Promise.resolve(attempt(core, faults, endpoint === undefined ? request : { ...request, endpoint }));
}

export function inProcessEcs(carry: EcsCarrier): EcsApi {
  return {
    turn: () => Promise.resolve(),

    async call(regionId, action, parameters) {
      const reply = await carry({ action, params: flattened(parameters) }, regionId);
      return received(action, reply);
    },
  };
}

/**
 * `{ eventId: ['e-1'] }` → `{ 'EventId.1': 'e-1' }` and `{ tag: [{ key: 'k' }] }` → `{ 'Tag.1.Key': 'k' }`, as the SDK's
 * models and its query encoding do.
 */
function flattened(parameters: object): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters) as [string, Parameter | undefined][]) {
    if (value === undefined) continue;
    const wireName = inPascalCase(name);
    if (isList(value)) value.forEach((item, index) => Object.assign(flat, numbered(wireName, index, item)));
    else flat[wireName] = String(value);
  }
  return flat;
}

/** An item of a list: a text, or an object whose fields are sent one by one. */
function numbered(wireName: string, index: number, item: Item): Record<string, string> {
  const name = `${wireName}.${index + 1}`;
  if (typeof item === 'string') return { [name]: item };
  const fields = Object.entries(item).map(([field, value]) => [`${name}.${inPascalCase(field)}`, value]);
  return Object.fromEntries(fields) as Record<string, string>;
}

function inPascalCase(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function isList(value: Parameter): value is readonly Item[] {
  return Array.isArray(value);
}

type Fields = Readonly<Record<string, string>>;
type Item = string | Fields;
type Parameter = string | number | boolean | readonly Item[];

/** What the SDK gives or throws for a reply. It parses every body as JSON, also an HTML page or an empty body. */
function received(action: string, reply: Reply): unknown {
  switch (reply.kind) {
    case 'answer':
      return read(jsonAnswer(reply.outcome, '127.0.0.1'));
    case 'html':
      return read(htmlAnswer(reply.status));
    case 'empty':
      return read(emptyAnswer());
    case 'reset':
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    case 'truncate':
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    case 'stall':
      throw named('RequestTimeoutError', `ReadTimeout(10000). ECS ${action} failed.`);
  }
}

// Reads the bytes, because a caller must not get the core's own objects, and because JSON has no undefined.
function read({ status, body }: WireAnswer): unknown {
  const parsed = JSON.parse(body.toString()) as Record<string, unknown>;
  if (status < 400) return parsed;
  const [code, requestId] = [String(parsed['Code']), String(parsed['RequestId'])];
  const kind = code.includes('Throttling') ? 'ThrottlingError' : status < 500 ? 'ClientError' : 'ServerError';
  const message = `${code}: code: ${status}, ${String(parsed['Message'])} request id: ${requestId}`;
  throw Object.assign(named(kind, message), { statusCode: status, code, requestId });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
