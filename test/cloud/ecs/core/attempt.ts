// Runs a call with its fault, if any, and returns what leaves the cloud, before it is encoded. The wire and in-process
// callers share this, so both get the same faults in the same way.
import { EcsError } from './ecs-errors.ts';
import type { EcsCore } from './core.ts';
import type { Params } from './params.ts';
import type { Fault, Faults } from '../../faults.ts';

/** A call, in the form that FaultRule.matching gets. */
export interface EcsRequest {
  action: string;
  params: Params;
  /** The only region that the endpoint of the call serves. Default: every region. */
  endpoint?: string;
}

/** An answer, or an API error. */
export type Outcome = { body: object } | { error: EcsError };

/** What the caller gets. `delayMs` is time of the cloud's clock. */
export type Reply =
  | { kind: 'answer'; outcome: Outcome; delayMs: number }
  /** A gateway's HTML page, 200 with an empty body, a reset connection, and no answer at all. */
  | { kind: 'html'; status: number }
  | { kind: 'empty' }
  | { kind: 'reset' }
  | { kind: 'stall' }
  /** Half of the answer, and then nothing more. */
  | { kind: 'truncate'; outcome: Outcome };

/** Runs the call on the core. The fault decides whether the work is done, and what the caller gets. */
export function attempt(core: EcsCore, faults: Faults | undefined, request: EcsRequest): Reply {
  const fault = faults?.take(request.action, request);
  if (fault === undefined) return { kind: 'answer', outcome: work(core, request), delayMs: 0 };
  switch (fault.kind) {
    case 'error':
      return { kind: 'answer', outcome: { error: instead(core, request, fault) }, delayMs: 0 };
    case 'html':
      instead(core, request, { kind: 'error', status: fault.status, code: 'html' }, 'html');
      return { kind: 'html', status: fault.status };
    case 'empty':
      work(core, request, 'empty');
      return { kind: 'empty' };
    case 'reset':
    case 'stall':
      interrupted(core, request, fault);
      return { kind: fault.kind };
    case 'truncate':
      return { kind: 'truncate', outcome: work(core, request, 'truncate') };
    case 'delay':
      return { kind: 'answer', outcome: work(core, request, 'delay'), delayMs: fault.ms };
  }
}

function interrupted(
  core: EcsCore,
  request: EcsRequest,
  { kind, when }: Extract<Fault, { kind: 'reset' | 'stall' }>,
): void {
  const name = `${kind} ${when}`;
  if (when === 'after') work(core, request, name);
  else instead(core, request, { kind: 'error', status: 0, code: name }, name);
}

function work(core: EcsCore, { action, params, endpoint }: EcsRequest, fault?: string): Outcome {
  try {
    return { body: core.call(action, params, fault, endpoint) };
  } catch (error) {
    if (error instanceof EcsError) return { error };
    throw error;
  }
}

function instead(
  core: EcsCore,
  { action, params }: EcsRequest,
  fault: Extract<Fault, { kind: 'error' }>,
  name = 'error',
): EcsError {
  const message = fault.message ?? 'The request processing has failed due to some unknown error.';
  return core.refuse(action, params, new EcsError(fault.status, fault.code, message), name);
}
