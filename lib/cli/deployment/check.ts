// What is wrong with a deployment. The settings of the functions are checked by the schema that the functions themselves use.
import { ConfigurationError } from '../../failures.ts';
import { parseDuration } from '../../plan/calendar/duration.ts';
import { misreadingsOf } from '../../plan/calendar/parsed.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import { readConfiguration, type Configuration } from '../../settings/configuration.ts';
import { defaultOf, environmentSchema } from '../../settings/environment-schema.ts';
import { checkTimeout } from '../../settings/faults.ts';
import { regions } from '../../settings/readers.ts';
import {
  environmentOf,
  settingsOfExecute,
  textFaults,
  type DeployedFunction,
  type Deployment,
} from './deployment.ts';
import type { Setting } from './references.ts';
import { longestGap } from './longest-gap.ts';
import { isTree } from './yaml-file.ts';

/** Function Compute takes no more than this, in bytes, for all variables of a function. */
const environmentLimit = 4_096;

/** Every Fault of the deployment; a fault that two functions share is listed once. */
export function deploymentFaults(deployment: Deployment): Fault[] {
  const { file, settingsFile, functions, faults } = deployment;
  const found = [...faults, ...functions.flatMap(functionFaults), ...sameRoleFaults(functions)];
  if (settingsFile.value !== file) {
    found.push({
      what: settingsFile.where,
      ...(settingsFile.value === undefined ? {} : { value: shown(settingsFile.value) }),
      expected: `${file}, the name of the file: the check before a deploy reads that file`,
    });
  }
  return [...new Map(found.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** What the execute function would do. Only for a deployment without faults. */
export function configurationOf({ functions }: Deployment): Configuration {
  const { environment, region } = settingsOfExecute(functions);
  return readConfiguration(environment, region);
}

function functionFaults(deployed: DeployedFunction): Fault[] {
  const { region, role, vpcConfig, environment } = deployed;
  const isText = (setting: Setting): boolean => textFaults(setting).length === 0;
  return [
    ...regionFaults(region),
    ...roleFaults(role),
    ...vpcFaults(vpcConfig),
    ...Object.entries(environment).flatMap(([name, setting]) =>
      name in environmentSchema.entries ? textFaults(setting) : unknownFaults(name, setting),
    ),
    // A setting that is no text has its fault already, and the schema would report its default.
    ...(Object.values(environment).every(isText) ? environmentFaults(deployed) : []),
    ...timerFaults(deployed),
    ...timeoutFaults(deployed),
  ];
}

function regionFaults({ value, where }: Setting): Fault[] {
  if (typeof value === 'string' && !value.includes(',')) {
    const parsed = regions(value.trim());
    if (parsed.ok && parsed.value[0] === value) return [];
  }
  return [{ what: where, value: shown(value), expected: 'one region id, as in cn-hangzhou' }];
}

/** fc3 writes the ARN of a role in lower case, whatever the name of the role. */
function roleFaults({ value, where }: Setting): Fault[] {
  if (
    typeof value === 'string' &&
    /^(acs:ram::\d+:role\/)?[a-z0-9.-]{1,64}$/.test(value) &&
    value !== 'auto'
  ) {
    return [];
  }
  const expected =
    'the name or the ARN of a RAM role, in lower case: Serverless Devs sends it so, and RAM would not find another one';
  return [{ what: where, value: shown(value), expected }];
}

/** Only execute may get the right to reboot. Setup would also give one role now these rights, now those. */
function sameRoleFaults(functions: readonly DeployedFunction[]): Fault[] {
  const nameOf = ({ role }: DeployedFunction): string => String(role.value).replace(/^.*:role\//, '');
  return functions.flatMap((one, index) => {
    const other = functions.slice(0, index).find((before) => nameOf(before) === nameOf(one));
    if (other === undefined || typeof one.role.value !== 'string') return [];
    const expected = `another role than that of ${other.name}: only execute may reboot, and setup gives each role its own rights`;
    return [{ what: one.role.where, value: shown(one.role.value), expected }];
  });
}

function vpcFaults({ value, where }: Setting): Fault[] {
  if (value === undefined || value === 'auto') return [];
  if (isTree(value)) {
    if (Object.keys(value).length === 0) return [];
    const { vpcId, vSwitchIds, securityGroupId, ...others } = value;
    const isComplete =
      /^vpc-\w+$/.test(String(vpcId)) &&
      /^sg-\w+$/.test(String(securityGroupId)) &&
      Array.isArray(vSwitchIds) &&
      vSwitchIds.length > 0 &&
      vSwitchIds.every((id) => /^vsw-\w+$/.test(String(id)));
    if (isComplete && Object.keys(others).length === 0) return [];
  }
  const expected = '{}, or {vpcId: vpc-…, vSwitchIds: [vsw-…], securityGroupId: sg-…} with all three';
  return [{ what: where, value: shown(value), expected }];
}

function unknownFaults(name: string, { where }: Setting): Fault[] {
  const expected = 'a variable that the functions read; the README lists them';
  return [{ what: `environmentVariables (${where})`, value: shown(name), expected }];
}

function environmentFaults({ name, environment, region }: DeployedFunction): Fault[] {
  const texts = environmentOf(environment);
  const bytes = Buffer.byteLength(JSON.stringify(texts));
  const tooLong: Fault[] =
    bytes <= environmentLimit
      ? []
      : [
          {
            what: `The size of environmentVariables of ${name}`,
            value: `${bytes} bytes`,
            expected: `at most ${environmentLimit}: Function Compute takes no more; the longest is ${longestOf(texts)}`,
          },
        ];
  try {
    readConfiguration(texts, typeof region.value === 'string' ? region.value : undefined);
    return tooLong;
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    return [
      ...tooLong,
      ...thrown.faults.map((fault) => {
        const where = environment[fault.what]?.where;
        return where === undefined ? fault : { ...fault, what: `${fault.what} (${where})` };
      }),
    ];
  }
}

function longestOf(texts: Readonly<Record<string, string>>): string {
  const [name = '', text = ''] = Object.entries(texts).sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return `${name} with ${Buffer.byteLength(text)}`;
}

function timerFaults({ name, timers, environment }: DeployedFunction): Fault[] {
  return timers.flatMap((timer) => {
    const { value, where } = timer;
    if (typeof value !== 'string') {
      return [{ what: where, value: shown(value), expected: 'the expression of a timer, as text' }];
    }
    const gap = longestGap(value.trim());
    if (!gap.ok) {
      // The functions read their timers from the environment, so the fault of a setting is there already.
      if (Object.values(environment).some((setting) => setting.where === where)) return [];
      return misreadingsOf(gap).map((misread) => ({ what: where, value: shown(value), ...misread }));
    }
    return name === 'execute-job' ? startRoomFaults(environment['START_ROOM'], timer, gap.value) : [];
  });
}

/** A tick may be late, or lost. So a promised interval has room for two. */
function startRoomFaults(startRoom: Setting | undefined, timer: Setting, gap: number): Fault[] {
  const text = startRoom?.value ?? defaultOf('START_ROOM');
  const room = typeof text === 'string' ? parseDuration(text.trim()) : undefined;
  // What cannot be read has its own fault.
  if (room?.ok !== true || room.value >= 2 * gap) return [];
  return [
    {
      what: `START_ROOM (${startRoom?.where ?? 'its default'})`,
      value: shown(text),
      expected: `at least ${(2 * gap) / 1_000}s: twice the longest time between two ticks of ${shown(timer.value)}, ${timer.where}`,
    },
  ];
}

function timeoutFaults({ name, timeout: { value, where } }: DeployedFunction): Fault[] {
  if (typeof value !== 'number') {
    return [{ what: where, value: shown(value), expected: 'a number of seconds, without quotes' }];
  }
  if (name !== 'execute-job') return [];
  try {
    checkTimeout(value);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) return [...thrown.faults];
    throw thrown;
  }
}
