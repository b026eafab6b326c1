// The error of the ECS core, and the codes that several actions share.

/** An API error: HTTP status, code and message as a client gets them. Recording the call sets `requestId`. */
export class EcsError extends Error {
  override readonly name: string = 'EcsError';
  readonly status: number;
  readonly code: string;
  requestId: string | undefined;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The API refuses the value of a parameter. */
export class ParameterError extends EcsError {
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(400, `InvalidParameter.${parameter}`, message);
    this.parameter = parameter;
  }
}

/** A mandatory parameter is absent or empty. */
export class MissingParameterError extends EcsError {}

/** A mandatory parameter is absent or empty: 400 MissingParameter. */
export function missingParameter(name: string): EcsError {
  return new MissingParameterError(
    400,
    'MissingParameter',
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  );
}

/** The API refuses the value of a parameter: 400 InvalidParameter.<name>. The real suffixes are not published. */
export function invalidParameter(name: string, expected: string): EcsError {
  return new ParameterError(name, `The specified parameter "${name}" is not valid: expected ${expected}.`);
}

/** No such instance: 404 InvalidInstanceId.NotFound. */
export function instanceNotFound(id: string): EcsError {
  return new EcsError(404, 'InvalidInstanceId.NotFound', `The specified InstanceId does not exist: ${id}.`);
}

/** No such event: 404. The exact code is not published. */
export function eventNotFound(id: string): EcsError {
  return new EcsError(404, 'InvalidEventId.NotFound', `The specified EventId does not exist: ${id}.`);
}

/** The event's status does not allow the call: 403. The exact code is not published. */
export function wrongEventStatus(id: string, status: string): EcsError {
  return new EcsError(
    403,
    'IncorrectEventStatus',
    `The status ${status} of event ${id} does not allow the operation.`,
  );
}

/** The new time of the event has passed: 403 InvalidNotBefore.Passed. */
export function notBeforePassed(): EcsError {
  return new EcsError(403, 'InvalidNotBefore.Passed', 'The specified NotBefore has already passed.');
}
