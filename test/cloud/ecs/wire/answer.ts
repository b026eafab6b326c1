// Answers as bytes: JSON as the service writes it, and the HTML page of a gateway.
import type { Outcome } from '../core/attempt.ts';
import type { EcsError } from '../core/ecs-errors.ts';
import { ForbiddenError } from './forbidden.ts';

/** An answer that is ready to send. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** The answer of an action, or its error. `host` is the host that the request names. */
export function jsonAnswer(outcome: Outcome, host: string): WireAnswer {
  if ('error' in outcome) return json(outcome.error.status, errorBody(outcome.error, host));
  return json(200, outcome.body);
}

/** An HTML page as a gateway in front of the service writes it. */
export function htmlAnswer(status: number): WireAnswer {
  const title = `${status} The request could not be served`;
  return {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: Buffer.from(
      `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
    ),
  };
}

/** 200 with an empty body. */
export function emptyAnswer(): WireAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: Buffer.alloc(0),
  };
}

function json(status: number, body: object): WireAnswer {
  const requestId = 'RequestId' in body ? String(body.RequestId) : '';
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', 'x-acs-request-id': requestId },
    body: Buffer.from(JSON.stringify(body)),
  };
}

function errorBody(error: EcsError, host: string): object {
  const { code, message, requestId = '' } = error;
  return {
    RequestId: requestId,
    HostId: host,
    Code: code,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Ecs&requestId=${requestId}`,
    ...(error instanceof ForbiddenError ? { AccessDeniedDetail: error.detail } : {}),
  };
}
