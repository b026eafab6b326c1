// The functions as they are deployed: their state, and what differs from the settings.
import type { FcAnswer, FcFunction } from '../../../alibaba/fc/api.ts';
import { shown } from '../../../plan/fault.ts';
import type { ExpectedFunction } from '../expected.ts';
import { fault, notChecked, well, type Finding } from '../finding.ts';
import { sentence } from '../reading.ts';

/** A function, and what Function Compute says of it. */
export interface FunctionReading {
  expected: ExpectedFunction;
  answer: FcAnswer<FcFunction>;
}

/** What a key lacks. */
export function lacks(right: string): string {
  return `This key may not call ${right}. \`npm run setup\` prints the policies of people: doctor needs those of who deploys and of who operates.`;
}

const deploy = 'Deploy it: `npx s deploy -y`, with -t and your file of settings.';

const deployAgain = 'Deploy again: `npx s deploy -y`, with -t and your file of settings.';

/** Judges each function. */
export function judgeFunctions(readings: readonly FunctionReading[]): Finding[] {
  return readings.flatMap(({ expected, answer }) => {
    const { functionName } = expected;
    switch (answer.kind) {
      case 'none':
        return [fault('functions', `There is no function ${functionName}.`, deploy)];
      case 'denied':
        return [notChecked('functions', `${functionName}: ${lacks(answer.right)}`)];
      case 'failed':
        return [notChecked('functions', `${functionName}: ${sentence(answer.message)}`)];
      case 'found': {
        const findings = [
          ...stateFindings(functionName, answer.value),
          ...differences(expected, answer.value),
        ];
        return findings.length > 0
          ? findings
          : [well('functions', `${functionName} is as the settings say.`)];
      }
    }
  });
}

function stateFindings(
  name: string,
  { state, stateReason, lastUpdateStatus, lastUpdateStatusReason }: FcFunction,
): Finding[] {
  const because = (reason: string | undefined): string => (reason === undefined ? '' : `: ${reason}`);
  return [
    ...(state === 'Failed' || state === 'Inactive'
      ? [fault('functions', sentence(`${name} is ${state}${because(stateReason)}`), deployAgain)]
      : []),
    ...(lastUpdateStatus === 'Failed'
      ? [
          fault(
            'functions',
            sentence(`The last deploy of ${name} failed${because(lastUpdateStatusReason)}`),
            deployAgain,
          ),
        ]
      : []),
  ];
}

function differences(expected: ExpectedFunction, found: FcFunction): Finding[] {
  const { functionName, role, timeout, environment } = expected;
  const differ = (what: string, is: string, should: string): Finding =>
    fault('functions', `${what} of ${functionName} is ${is}, and the settings say ${should}.`, deployAgain);
  const names = [...new Set([...Object.keys(environment), ...Object.keys(found.environment)])].sort();
  return [
    ...(role === undefined || roleName(role) === roleName(found.role ?? '')
      ? []
      : [differ('The role', found.role ?? 'none', role)]),
    ...(timeout === undefined || timeout === found.timeout
      ? []
      : [differ('The timeout', `${found.timeout ?? 'unknown'} s`, `${timeout} s`)]),
    ...(found.instanceConcurrency === undefined || found.instanceConcurrency === 1
      ? []
      : [differ('instanceConcurrency', String(found.instanceConcurrency), '1')]),
    ...names
      .filter(
        (name) => (environment[name] ?? '') !== (found.environment[name] ?? '') && isOurs(name, expected),
      )
      .map((name) => differ(name, valueOf(name, found.environment), valueOf(name, environment))),
  ];
}

/** A variable that somebody else added is none of ours. */
function isOurs(name: string, { environment }: ExpectedFunction): boolean {
  return name in environment;
}

/** NOTIFY holds tokens and secrets. */
function valueOf(name: string, values: Readonly<Record<string, string>>): string {
  const value = values[name];
  if (value === undefined) return 'not set';
  return name === 'NOTIFY' ? 'another one (not shown: it holds secrets)' : shown(value);
}

/** Serverless Devs writes roles as ARNs, in lower case. */
function roleName(role: string): string {
  return role.replace(/^acs:ram::\d+:role\//, '').toLowerCase();
}
