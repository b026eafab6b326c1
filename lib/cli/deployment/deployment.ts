// What `s deploy` would send of a project, as far as the settings decide it.
import { basename } from 'node:path';
import { ConfigurationError } from '../../failures.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { References, type Setting } from './references.ts';
import { isTree, readYamlFile, type Sources, type Tree, type YamlFile } from './yaml-file.ts';

/** One function, as the file describes it. Values may have any type: nothing is checked yet. */
export interface DeployedFunction {
  /** The name of the resource: `plan-job`, `execute-job`, `review-job`. */
  name: string;
  /** Its name in Function Compute. */
  functionName: Setting;
  region: Setting;
  role: Setting;
  logConfig: Setting;
  /** Where a message of each failed run goes: an ARN. Undefined: nowhere. */
  failureDestination: Setting;
  timeout: Setting;
  vpcConfig: Setting;
  environment: Readonly<Record<string, Setting>>;
  /** The expressions of its timers that are enabled. */
  timers: readonly Setting[];
  /** The names of these timers, in the same order. */
  timerNames: readonly string[];
}

/** A project of Serverless Devs. */
export interface Deployment {
  /** The name of the file, without its folder. */
  file: string;
  /** What the file says its own name is. */
  settingsFile: Setting;
  functions: readonly DeployedFunction[];
  /** What is wrong with the form of the file: references to nothing, variables that nothing uses. */
  faults: readonly Fault[];
}

/**
 * Reads the project of a file and of what it extends.
 * @throws ConfigurationError if there is no such project
 */
export function readDeployment(file: string, { readText, environment }: Sources): Deployment {
  const yaml = readYamlFile(file, readText);
  const references = new References(yaml, environment);
  const resources = treeIn(yaml.tree, 'resources');
  const functions = Object.entries(resources).map(([name, resource]) =>
    functionOf(name, treeIn(isTree(resource) ? resource : {}, 'props'), references),
  );
  if (executeIn(functions) === undefined) {
    const extended = yaml.tree['extend'] === undefined ? '; the line `extend: ./s.yaml` brings them' : '';
    throw new ConfigurationError([
      {
        what: `resources in ${file}`,
        value: shown(Object.keys(resources)),
        expected: `a list with execute-job${extended}`,
      },
    ]);
  }
  // What the file extends says the name of another file.
  const settingsFile = yaml.placeOf.get('settingsFile')?.startsWith(`${file}, `)
    ? references.filled(treeIn(yaml.tree, 'vars')['settingsFile'], references.placeOf('settingsFile'))
    : { value: undefined, where: `vars.settingsFile in ${file}` };
  references.used.add('settingsFile');
  const faults = [
    ...references.faults,
    ...unusedFaults(treeIn(yaml.tree, 'vars'), references),
    ...misplacedFaults(yaml),
  ];
  return { file: basename(file), settingsFile, functions, faults };
}

/**
 * The environment of the execute function, and its region.
 * @throws ConfigurationError with every value that is no text
 */
export function environmentIn(file: string, sources: Sources): OwnSettings {
  const { functions, faults } = readDeployment(file, sources);
  const all = [...faults, ...Object.values(executeIn(functions)?.environment ?? {}).flatMap(textFaults)];
  if (all.length > 0) throw new ConfigurationError(all);
  return settingsOfExecute(functions);
}

/** What a function reads of its surroundings. */
export interface OwnSettings {
  environment: Environment;
  region: string | undefined;
}

/** The execute function: its settings are those of the planner. Undefined where a file has no such function. */
export function executeIn(functions: readonly DeployedFunction[]): DeployedFunction | undefined {
  return functions.find(({ name }) => name === 'execute-job');
}

/** Its environment and its region, as far as they are text. */
export function settingsOfExecute(functions: readonly DeployedFunction[]): OwnSettings {
  const execute = executeIn(functions);
  const region = execute?.region.value;
  return {
    environment: environmentOf(execute?.environment ?? {}),
    region: typeof region === 'string' ? region : undefined,
  };
}

/** The settings that are text, by their names in the environment. */
export function environmentOf(settings: DeployedFunction['environment']): Record<string, string> {
  const texts = Object.entries(settings).flatMap(([name, { value }]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
}

/**
 * The Fault of a setting that YAML does not read as text. `s` sends a date as {}, and Function Compute takes text alone. `s` leaves
 * out what is null, and the function would take its default: for MODE that is a mode that reboots.
 */
export function textFaults({ value, where }: Setting): Fault[] {
  if (typeof value === 'string' || value === undefined) return [];
  if (value === null) return [{ what: where, value: 'null', expected: "a value; '' is nothing" }];
  const [written, kind] =
    value instanceof Date
      ? [value.toISOString().replace(/T00:00:00\.000Z$/, ''), 'a date of YAML']
      : [JSON.stringify(value), typeof value === 'object' ? 'a list or map' : `a ${typeof value} of YAML`];
  const expected =
    typeof value === 'object' && !(value instanceof Date)
      ? 'text'
      : `text in quotes, as in '${written}': without them it is ${kind}`;
  return [{ what: where, value: written, expected }];
}

function functionOf(name: string, props: Tree, references: References): DeployedFunction {
  const setting = (prop: string): Setting => references.filled(props[prop], `${prop} of ${name}`);
  const environment = Object.entries(treeIn(props, 'environmentVariables')).map(
    ([variable, value]) => [variable, references.filled(value, `${variable} of ${name}`)] as const,
  );
  const { triggers } = props;
  const timers = (Array.isArray(triggers) ? (triggers as unknown[]) : []).flatMap((trigger) => {
    if (!isTree(trigger) || trigger['triggerType'] !== 'timer') return [];
    const { cronExpression, enable } = treeIn(trigger, 'triggerConfig');
    const expression = references.filled(cronExpression, `cronExpression of ${name}`);
    return enable === false ? [] : [{ expression, timerName: String(trigger['triggerName']) }];
  });
  return {
    name,
    functionName: setting('functionName'),
    region: setting('region'),
    role: setting('role'),
    logConfig: setting('logConfig'),
    failureDestination: references.filled(
      treeIn(treeIn(treeIn(props, 'asyncInvokeConfig'), 'destinationConfig'), 'onFailure')['destination'],
      `destination of ${name}`,
    ),
    timeout: setting('timeout'),
    vpcConfig: setting('vpcConfig'),
    environment: Object.fromEntries(environment),
    timers: timers.map(({ expression }) => expression),
    timerNames: timers.map(({ timerName }) => timerName),
  };
}

/** A misspelt variable would change nothing, and nobody would notice. */
function unusedFaults(vars: Tree, references: References): Fault[] {
  return Object.entries(vars)
    .filter(([name]) => !references.used.has(name))
    .map(([name, value]) => ({
      what: references.placeOf(name),
      value: shown(value),
      expected: 'the name of a setting in s.yaml: nothing uses this one',
    }));
}

/** What Serverless Devs reads at the top of a file of edition 3.0.0. Anchors are in what begins with `x-`. */
const sections = [
  'edition',
  'name',
  'access',
  'vars',
  'resources',
  'actions',
  'flow',
  'extend',
  'env',
  'template',
];

/** A setting that is not indented is outside of `vars`: nothing reads it, and nobody would notice. */
function misplacedFaults({ tree, topPlaceOf }: YamlFile): Fault[] {
  return Object.entries(tree)
    .filter(([name]) => !sections.includes(name) && !name.startsWith('x-'))
    .map(([name, value]) => ({
      what: `${name} in ${topPlaceOf.get(name) ?? 'the file'}`,
      value: shown(value),
      expected: `a place under vars, two blanks further in: nothing reads it here`,
    }));
}

function treeIn(tree: Tree, name: string): Tree {
  const value = tree[name];
  return isTree(value) ? value : {};
}
