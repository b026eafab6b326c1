// Faults that tests plant in the local cloud, one at a time. Each gives the way to take it out again.
import type { ColumnValue } from '../../cloud/tablestore/core/values.ts';
import { tables, type Kind, type Stage } from './stage.ts';

/** Takes the fault out again. */
export type Undo = () => void;

/** Changes fields of a function as Function Compute shows them. */
export function changedFunction(
  { deployed }: Stage,
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
): Undo {
  const { function: shown } = deployed(kind);
  const before = { ...shown };
  Object.assign(shown, fields);
  return () => {
    for (const name of Object.keys(fields)) Reflect.deleteProperty(shown, name);
    Object.assign(shown, before);
  };
}

/** One variable of a function has another value than the settings say. */
export function changedVariable(stage: Stage, kind: Kind, name: string, value: string): Undo {
  const { environmentVariables } = stage.deployed(kind).function;
  return changedFunction(stage, kind, { environmentVariables: { ...environmentVariables, [name]: value } });
}

/** The timer of a function is another one. */
export function changedTimer(
  { deployed }: Stage,
  kind: Kind,
  timer: { cronExpression: string; enable: boolean },
): Undo {
  const [trigger] = deployed(kind).triggers;
  if (trigger === undefined) throw new Error('the function has no trigger');
  const { triggerConfig } = trigger;
  trigger.triggerConfig = JSON.stringify({ ...timer, payload: '' });
  return () => void (trigger.triggerConfig = triggerConfig);
}

/** One more timer, as a renamed one leaves it. */
export function oldTimer({ deployed }: Stage, kind: Kind, triggerName: string): Undo {
  const { triggers } = deployed(kind);
  const triggerConfig = '{"cronExpression":"0 */5 * * * *","enable":true,"payload":""}';
  triggers.push({ triggerName, triggerType: 'timer', triggerConfig });
  return () => void triggers.pop();
}

/** A function of an older name, with a timer that still fires. */
export function oldFunction({ cloud, deployed }: Stage, functionName: string): Undo {
  const { function: fields, triggers } = deployed('execute');
  cloud.fc.core.deploy({ function: { ...fields, functionName }, triggers });
  return () => cloud.fc.core.remove(functionName);
}

/** A function that is not there. */
export function noFunction({ cloud, deployed }: Stage, kind: Kind): Undo {
  const state = deployed(kind);
  cloud.fc.core.remove(state.function.functionName);
  return () => cloud.fc.core.deploy(state);
}

/** What belongs to a function, without one of its parts. */
export function without(
  { cloud, deployed }: Stage,
  kind: Kind,
  part: 'asyncInvokeConfig' | 'reservedConcurrency',
): Undo {
  const state = deployed(kind);
  cloud.fc.core.deploy(Object.fromEntries(Object.entries(state).filter(([name]) => name !== part)) as never);
  return () => cloud.fc.core.deploy(state);
}

/** The role of a function may not do one thing. */
export function deniedRight({ cloud }: Stage, role: string, action: string): Undo {
  const { core } = cloud.ram;
  const PolicyName = `no-${action.replace(':', '-')}`;
  const statement = { Effect: 'Deny', Action: action, Resource: '*' };
  const attachment = { PolicyType: 'Custom', PolicyName, RoleName: role };
  core.call('CreatePolicy', {
    PolicyName,
    PolicyDocument: JSON.stringify({ Version: '1', Statement: [statement] }),
  });
  core.call('AttachPolicyToRole', attachment);
  return () => {
    core.call('DetachPolicyFromRole', attachment);
    core.call('DeletePolicy', { PolicyName });
  };
}

/** An instance with these tags. */
export function tagged({ cloud }: Stage, tags: Readonly<Record<string, string>>): Undo {
  const { core } = cloud.ecs;
  const instanceId = core.addInstance({ regionId: 'cn-shanghai', tags });
  return () => {
    core.schedule(Date.now(), { kind: 'instance-released', instanceId });
    core.settle();
  };
}

/** The columns of a row, by their names. */
type Columns = Readonly<Record<string, ColumnValue>>;

/** The columns of the plan that the stage has. */
export function planColumns({ cloud }: Stage): Columns {
  const { row } = cloud.tablestore.core.getRow({
    tableName: tables.plans,
    primaryKey: planKey('cn-hangzhou', 'i-cn-hangzhou'),
    maxVersions: 1,
  });
  return Object.fromEntries((row?.columns ?? []).map(({ name, value }) => [name, value]));
}

/** One more row of the plans table. */
export function planRow({ cloud }: Stage, [regionId, instanceId]: [string, string], columns: Columns): Undo {
  const key = { tableName: tables.plans, primaryKey: planKey(regionId, instanceId) };
  const condition = { rowExistence: 'IGNORE' } as const;
  const written = Object.entries(columns).map(([name, value]) => ({ name, value }));
  cloud.tablestore.core.putRow({ ...key, condition, columns: written });
  return () => void cloud.tablestore.core.deleteRow({ ...key, condition });
}

/** What a function recorded of its runs in cn-hangzhou is changed. */
export function changedRun({ cloud }: Stage, kind: Kind, columns: Columns): Undo {
  const key = {
    tableName: tables.history,
    primaryKey: [
      { name: 'instance_id', value: '*' },
      { name: 'plan_id', value: `${kind} cn-hangzhou` },
    ],
  };
  const { core } = cloud.tablestore;
  const condition = { rowExistence: 'IGNORE' } as const;
  const before = core.getRow({ ...key, maxVersions: 1 }).row?.columns ?? [];
  const changes = Object.entries(columns).map(([name, value]) => ({ type: 'PUT', name, value }) as const);
  core.updateRow({ ...key, condition, changes });
  return () => {
    const kept = before.map(({ name, value }) => ({ name, value }));
    core.putRow({ ...key, condition, columns: kept });
  };
}

/** Rows of the history would go after a day. */
export function rowsThatGo({ cloud }: Stage): Undo {
  const change = (timeToLive: number): void =>
    void cloud.tablestore.core.updateTable({ tableName: tables.history, options: { timeToLive } });
  change(86_400);
  return () => change(31_536_000);
}

function planKey(regionId: string, instanceId: string): { name: string; value: string }[] {
  return [
    { name: 'region_id', value: regionId },
    { name: 'instance_id', value: instanceId },
  ];
}
