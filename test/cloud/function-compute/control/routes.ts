// Which method and path is which operation, and what it needs of RAM. Documented: the table of Function Compute's actions and
// resources (help.aliyun.com/zh/functioncompute/fc/policies-and-sample-policies). One action is not named like its operation.

/** An operation and what it is about. */
export interface Route {
  operation: keyof typeof needs;
  /** Empty for ListFunctions. */
  functionName: string;
  /** Empty unless the operation is GetTrigger. */
  triggerName: string;
}

/** The action, and the resource after `acs:fc:REGION:ACCOUNT:`. */
const needs = {
  ListFunctions: { action: 'fc:ListFunctions', of: () => 'functions/*' },
  GetFunction: { action: 'fc:GetFunction', of: onFunction },
  ListTriggers: { action: 'fc:ListTriggers', of: (route: Route) => `${onFunction(route)}/triggers/*` },
  GetTrigger: {
    action: 'fc:GetTrigger',
    of: (route: Route) => `${onFunction(route)}/triggers/${route.triggerName}`,
  },
  GetAsyncInvokeConfig: { action: 'fc:GetFunctionAsyncInvokeConfig', of: onFunction },
  GetConcurrencyConfig: { action: 'fc:GetConcurrencyConfig', of: onFunction },
  InvokeFunction: { action: 'fc:InvokeFunction', of: onFunction },
} as const;

/** Every operation of the local control plane. */
export const operations = Object.keys(needs);

/** After `/2023-03-30/functions`. */
const paths: readonly [method: string, path: RegExp, operation: Route['operation']][] = [
  ['GET', /^$/, 'ListFunctions'],
  ['GET', /^\/([^/]+)$/, 'GetFunction'],
  ['GET', /^\/([^/]+)\/triggers$/, 'ListTriggers'],
  ['GET', /^\/([^/]+)\/triggers\/([^/]+)$/, 'GetTrigger'],
  ['GET', /^\/([^/]+)\/async-invoke-config$/, 'GetAsyncInvokeConfig'],
  ['GET', /^\/([^/]+)\/concurrency$/, 'GetConcurrencyConfig'],
  ['POST', /^\/([^/]+)\/invocations$/, 'InvokeFunction'],
];

/** The operation that a request wants. Undefined: the local cloud does not have it. */
export function routeOf(method: string, path: string): Route | undefined {
  const [, rest] = /^\/2023-03-30\/functions(.*)$/.exec(path) ?? [];
  if (rest === undefined) return undefined;
  for (const [wanted, pattern, operation] of paths) {
    const [match, functionName = '', triggerName = ''] = pattern.exec(rest) ?? [];
    if (match === undefined || method !== wanted) continue;
    return {
      operation,
      functionName: decodeURIComponent(functionName),
      triggerName: decodeURIComponent(triggerName),
    };
  }
  return undefined;
}

/** What an operation needs of RAM. */
export function accessOf(
  route: Route,
  { regionId, accountId }: { regionId: string; accountId: string },
): { action: string; resource: string } {
  const { action, of } = needs[route.operation];
  return { action, resource: `acs:fc:${regionId}:${accountId}:${of(route)}` };
}

function onFunction({ functionName }: Route): string {
  return `functions/${functionName}`;
}
