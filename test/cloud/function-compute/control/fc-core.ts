// Function Compute's control plane without a network: what is deployed in one region. It is read, not changed: tests do that.
import { contextOf } from '../context.ts';
import type { DeployedState } from './fc-state.ts';
import {
  asyncConfigNotExists,
  concurrencyNotFound,
  FcError,
  functionNotFound,
  invalidArgument,
  triggerNotFound,
} from './fc-errors.ts';

/** What an FcCore needs. */
export interface FcCoreSettings {
  accountId: string;
  regionId: string;
  /** A session of the role with this ARN, for one invocation. @throws if Function Compute cannot assume it */
  assume: (roleArn: string) => { accessKeyId: string; accessKeySecret: string; securityToken: string };
}

/** What an invocation leaves. */
export interface Invocation {
  /** The answer of the handler, or a description of its error. */
  body: string;
  /** X-Fc-Error-Type: absent if the handler succeeded. */
  errorType?: string;
}

/** A page of a list that a call asks for. */
export interface Paging {
  /** 1 to 100. Default: 20. */
  limit?: string | undefined;
  nextToken?: string | undefined;
  prefix?: string | undefined;
}

/** Fields that GetFunction has and ListFunctions lacks. */
const onlyInDetail = [
  'state',
  'stateReason',
  'stateReasonCode',
  'lastUpdateStatus',
  'lastUpdateStatusReason',
  'lastUpdateStatusReasonCode',
];

/** The functions of one region. */
export class FcCore {
  readonly #settings: FcCoreSettings;
  readonly #functions = new Map<string, DeployedState>();
  #requests = 0;

  constructor(settings: FcCoreSettings) {
    this.#settings = settings;
  }

  get regionId(): string {
    return this.#settings.regionId;
  }

  /** Adds a function, or replaces the one with the same name. Later changes of the data count at once. */
  deploy(state: DeployedState): void {
    this.#functions.set(state.function.functionName, state);
  }

  /** Removes a function. */
  remove(functionName: string): void {
    this.#functions.delete(functionName);
  }

  /** The data of a function, to change it. @throws FcError 404 FunctionNotFound */
  deployed(functionName: string): DeployedState {
    const found = this.#functions.get(functionName);
    if (found === undefined) throw functionNotFound(functionName);
    return found;
  }

  /** GetFunction. */
  function(functionName: string): object {
    const { function: fields } = this.deployed(functionName);
    return {
      state: 'Active',
      lastUpdateStatus: 'Successful',
      functionArn: this.#arn(functionName),
      ...fields,
    };
  }

  /** ListFunctions. */
  functions(paging: Paging): object {
    const names = [...this.#functions.keys()].sort();
    const { page, nextToken } = pageOf(names, paging);
    const functions = page.map((name) =>
      Object.fromEntries(
        Object.entries(this.function(name)).filter(([field]) => !onlyInDetail.includes(field)),
      ),
    );
    return { functions, ...nextToken };
  }

  /** GetTrigger. */
  trigger(functionName: string, triggerName: string): object {
    const found = this.deployed(functionName).triggers.find((trigger) => trigger.triggerName === triggerName);
    if (found === undefined) throw triggerNotFound(triggerName);
    return { targetArn: this.#arn(functionName), ...found };
  }

  /** ListTriggers. */
  triggers(functionName: string, paging: Paging): object {
    const names = this.deployed(functionName).triggers.map(({ triggerName }) => triggerName);
    const { page, nextToken } = pageOf(names.sort(), paging);
    return { triggers: page.map((name) => this.trigger(functionName, name)), ...nextToken };
  }

  /** GetAsyncInvokeConfig. */
  asyncInvokeConfig(functionName: string): object {
    const { asyncInvokeConfig } = this.deployed(functionName);
    if (asyncInvokeConfig === undefined) throw asyncConfigNotExists(functionName);
    return { functionArn: this.#arn(functionName), ...asyncInvokeConfig };
  }

  /** GetConcurrencyConfig. */
  concurrencyConfig(functionName: string): object {
    const { reservedConcurrency } = this.deployed(functionName);
    if (reservedConcurrency === undefined) throw concurrencyNotFound(functionName);
    return { functionArn: this.#arn(functionName), reservedConcurrency };
  }

  /** InvokeFunction: calls the handler with a session of the function's role, and waits for it. */
  async invoke(functionName: string, event: Buffer): Promise<Invocation> {
    const { function: fields, invoke } = this.deployed(functionName);
    const { accountId, regionId, assume } = this.#settings;
    const credentials = (fields.role ?? '') === '' ? {} : assume(fields.role ?? '');
    this.#requests += 1;
    const context = contextOf(
      { ...fields, region: regionId },
      {
        requestId: `1-${this.#requests.toString(16).padStart(8, '0')}-invoked`,
        accountId,
        credentials,
        onLog: () => undefined,
      },
    );
    try {
      if (invoke === undefined) throw new FcError(0, '', 'the local cloud has no code for this function');
      return { body: String(await invoke(event, context)) };
    } catch (thrown) {
      const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
      const body = JSON.stringify({ errorMessage: message, errorType: name, stackTrace: [] });
      return { body, errorType: 'UnhandledInvocationError' };
    }
  }

  #arn(functionName: string): string {
    const { accountId, regionId } = this.#settings;
    return `acs:fc:${regionId}:${accountId}:functions/${functionName}`;
  }
}

/** One page of sorted names. The token is the first name of the next page. */
function pageOf(
  names: readonly string[],
  { limit = '20', nextToken = '', prefix = '' }: Paging,
): { page: readonly string[]; nextToken: { nextToken?: string } } {
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > 100) {
    throw invalidArgument(`limit '${limit}' should be from 1 to 100`);
  }
  const rest = names.filter((name) => name.startsWith(prefix) && name >= nextToken);
  const next = rest[size];
  return { page: rest.slice(0, size), nextToken: next === undefined ? {} : { nextToken: next } };
}
