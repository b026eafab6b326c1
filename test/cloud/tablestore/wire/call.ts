// A call in two steps. Parsing may fail, and gives the request that faults match. Then comes the work.
import { parameterInvalid, TablestoreError } from '../core/ots-errors.ts';
import type { TablestoreCore } from '../core/tablestore-core.ts';
import type { Message } from './messages.ts';

/** A parsed call. */
export interface Call {
  /** The request in the form that the core gets. */
  readonly request: unknown;
  /** Does the work and returns the body of the answer. @throws TablestoreError */
  run(core: TablestoreCore): Uint8Array;
}

/** Makes a call from the body of a request. @throws OTSParameterInvalid */
export type Operation = (body: Uint8Array) => Call;

/** The parts of an operation: its messages, and the steps between them. */
export interface OperationParts<In, Request, Result, Out> {
  request: Message<In>;
  response: Message<Out>;
  decode: (pb: In) => Request;
  run: (core: TablestoreCore, request: Request) => Result;
  encode: (result: Result) => Out;
}

function parse<In>(message: Message<In>, body: Uint8Array): In {
  try {
    return message.decode(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  } catch {
    throw parameterInvalid('Parse PBMessage from RawString failed.');
  }
}

/** Makes an operation from its parts. */
export function operation<In, Request, Result, Out>(
  parts: OperationParts<In, Request, Result, Out>,
): Operation {
  return (body) => {
    const pb = parse(parts.request, body);
    const request = parts.decode(pb);
    return {
      request,
      run: (core) => parts.response.encode(parts.encode(parts.run(core, request))).finish(),
    };
  };
}

/** Converts anything thrown to an answer. A bug in this server becomes a 500, never a crash. */
export function asTablestoreError(error: unknown): TablestoreError {
  if (error instanceof TablestoreError) return error;
  return new TablestoreError(500, 'OTSInternalServerError', 'Internal server error.');
}
