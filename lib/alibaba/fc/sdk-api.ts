// Function Compute through Alibaba's SDK. Commands load this file when they need it: the SDK loads all of its models.
import Client, {
  GetAsyncInvokeConfigRequest,
  GetFunctionRequest,
  InvokeFunctionHeaders,
  InvokeFunctionRequest,
  ListFunctionsRequest,
  ListTriggersRequest,
} from '@alicloud/fc20230330';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../failures.ts';
import { maskOf, type Credentials } from '../credentials.ts';
import { within } from '../deadline.ts';
import { readFault } from '../ecs/error-codes.ts';
import { readFunction, readNames, readNext, readReserved, readRetries, readTriggers } from './answers.ts';
import type { FcAnswer, FunctionCompute } from './api.ts';

/** A person waits. */
const deadlineMs = 15_000;

/** A self-check may take as long as the function does. */
const invocationMs = 150_000;

/** The most that a page may have. */
const pageSize = 100;

/** Lists with more pages than this would never end. */
const mostPages = 50;

/** Opens Function Compute at this endpoint. Nothing is called. */
export function openFunctionCompute(
  { protocol, host }: URL,
  regionId: string,
  credentials: Credentials,
): FunctionCompute {
  const client = new Client.default(
    new $OpenApiUtil.Config({
      ...credentials,
      regionId,
      endpoint: host,
      protocol: protocol === 'http:' ? 'HTTP' : 'HTTPS',
      readTimeout: deadlineMs,
      connectTimeout: deadlineMs,
    }),
  );
  const ask = asking(credentials);
  return {
    functionOf: (name) =>
      ask(
        'fc:GetFunction',
        () => client.getFunctionWithOptions(name, new GetFunctionRequest({}), {}, runtime),
        readFunction,
      ),
    triggersOf: (name) =>
      allOf((nextToken) => {
        const request = new ListTriggersRequest({ limit: pageSize, ...nextToken });
        return ask(
          'fc:ListTriggers',
          () => client.listTriggersWithOptions(name, request, {}, runtime),
          (body) => paged(body, readTriggers),
        );
      }),
    asyncConfigOf: (name) =>
      ask(
        // The name of the right is not that of the API.
        'fc:GetFunctionAsyncInvokeConfig',
        () => client.getAsyncInvokeConfigWithOptions(name, new GetAsyncInvokeConfigRequest({}), {}, runtime),
        readRetries,
      ),
    concurrencyOf: (name) =>
      ask(
        'fc:GetConcurrencyConfig',
        () => client.getConcurrencyConfigWithOptions(name, {}, runtime),
        readReserved,
      ),
    functionNames: (prefix) =>
      allOf((nextToken) => {
        const request = new ListFunctionsRequest({ prefix, limit: pageSize, ...nextToken });
        return ask(
          'fc:ListFunctions',
          () => client.listFunctionsWithOptions(request, {}, runtime),
          (body) => paged(body, readNames),
        );
      }),
    invoke: (name, event) => invoke(client, asking(credentials, invocationMs), { name, event }),
  };
}

const runtime = new RuntimeOptions({});

/** With one reserved instance, a run of the timer refuses a call by hand. */
const busy = 'Function Compute is busy, as while a run goes on. Run doctor again';

type Ask = <T>(
  right: string,
  send: () => Promise<{ body?: unknown }>,
  read: (body: unknown) => T | undefined,
) => Promise<FcAnswer<T>>;

function asking(credentials: Credentials, ms = deadlineMs): Ask {
  const mask = maskOf(credentials);
  return async (right, send, read) => {
    try {
      const { body } = await within(ms, right, send());
      const value = read(body);
      if (value !== undefined) return { kind: 'found', value };
      return { kind: 'failed', message: `Function Compute answered ${right} with something else` };
    } catch (thrown) {
      const { status, code } = readFault(thrown);
      if (status === 404) return { kind: 'none' };
      if (status === 429) return { kind: 'failed', message: busy };
      if (status === 403 || code === 'AccessDenied') return { kind: 'denied', right };
      return { kind: 'failed', message: mask(messageOf(thrown)).replace(/\.$/, '') };
    }
  };
}

interface Paged<T> {
  items: readonly T[];
  next: string | undefined;
}

function paged<T>(body: unknown, read: (body: unknown) => T[] | undefined): Paged<T> | undefined {
  const items = read(body);
  return items === undefined ? undefined : { items, next: readNext(body) };
}

async function allOf<T>(
  page: (nextToken: { nextToken?: string }) => Promise<FcAnswer<Paged<T>>>,
): Promise<FcAnswer<readonly T[]>> {
  const items: T[] = [];
  let token: { nextToken?: string } = {};
  for (let count = 0; count < mostPages; count += 1) {
    const answer = await page(token);
    if (answer.kind !== 'found') return answer;
    items.push(...answer.value.items);
    if (answer.value.next === undefined) return { kind: 'found', value: items };
    token = { nextToken: answer.value.next };
  }
  return { kind: 'failed', message: `Function Compute listed more than ${mostPages} pages` };
}

async function invoke(
  client: Client.default,
  ask: Ask,
  { name, event }: { name: string; event: string },
): ReturnType<FunctionCompute['invoke']> {
  const request = new InvokeFunctionRequest({ body: Readable.from([Buffer.from(event)]) });
  const headers = new InvokeFunctionHeaders({ xFcInvocationType: 'Sync' });
  const waiting = new RuntimeOptions({ readTimeout: invocationMs });
  return ask(
    'fc:InvokeFunction',
    async () => {
      const answer = await client.invokeFunctionWithOptions(name, request, headers, waiting);
      const isError = Object.keys(answer.headers ?? {}).some((one) => /^x-fc-error-type$/i.test(one));
      return { body: { isError, text: answer.body === undefined ? '' : await text(answer.body) } };
    },
    (body) => body as { isError: boolean; text: string },
  );
}
