// A call in two steps: parsing, which may fail and shows the request to the faults, and then the work.
import { parameterInvalid, TablestoreError } from '../core/ots-errors.ts';
import type { TablestoreCore } from '../core/tablestore-core.ts';
import type { Message } from './messages.ts';

/** A parsed call. */
export interface Call {
  /** The request as the core takes it. */
  readonly request: unknown;
  /** Does the work and gives the body of the answer. @throws TablestoreError */
  run(core: TablestoreCore): Uint8Array;
}

/** An operation: from a body to a call. @throws OTSParameterInvalid */
export type Operation = (body: Uint8Array) => Call;

/** What an operation is made of: its messages, and what lies between them. */
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

/** Puts an operation together. */
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

/** What anything thrown is answered as; a fault of this server is a 500, never a crash. */
export function asTablestoreError(error: unknown): TablestoreError {
  if (error instanceof TablestoreError) return error;
  return new TablestoreError(500, 'OTSInternalServerError', 'Internal server error.');
}
