// Sabotages of what permits a restart: who is down, what owners and people want, and what cannot be read. Each must be found by
// an observer that shares no definition with the code under test.
import type { RowWrite, Tablestore, Row } from '../../lib/alibaba/tablestore/api.ts';
import type { Instance, InstanceReport } from '../../lib/plan/instance.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Commands, Ecs, PlanStore } from '../../lib/ports.ts';
import { replacing, showing } from './replacing.ts';
import type { FunctionName, Sabotage, SabotageKind } from './world.ts';

export const permissionSabotages: Readonly<Record<string, SabotageKind>> = {
  'count-rows-only': {
    what: 'hides from executions which instances ECS does not show Running',
    make: inExecutions({ ecs: showEverybodyUp }),
  },
  'ignore-breaker': {
    what: 'hides from executions which plans ended without a proof of their restart',
    make: inExecutions({ store: hideUnproven }),
  },
  'stale-gate': {
    what: 'lets an execution go by the holds and approvals that it read first',
    make: () => ({ tablestore: keepFirstWishes }),
  },
  'unread-window-is-none': {
    what: 'treats windows in ECS that cannot be read as none',
    make: () => ({ ecs: unreadIsNone }),
  },
  'approve-anything': {
    what: 'shows executions every plan as approved',
    make: inExecutions({ store: approveAnything }),
  },
  'forget-hold': {
    what: 'shows executions every plan without its hold',
    make: inExecutions({ store: forgetHolds }),
  },
  'ignore-stop': {
    what: 'hides from executions that everything is stopped',
    make: inExecutions({ store: (real) => replacing(real, { readStops: () => Promise.resolve([]) }) }),
  },
  'asg-blind': {
    what: 'hides the tags of Auto Scaling and ACK',
    make: () => ({ ecs: hideManagers }),
  },
  'forget-undo': {
    what: 'treats the undo-command as successful and does not run it',
    make: () => ({ commands: pretendUndone }),
  },
  'forget-copy': {
    what: 'treats finished plans as copied to the history and does not copy them',
    make: () => ({ store: forgetCopies }),
  },
  'no-start-room': {
    what: 'promises intervals in which a restart has no room to start',
    make: () => ({ settings: withoutStartRoom }),
  },
};

function inExecutions(sabotage: Sabotage): SabotageKind['make'] {
  return (functionName: FunctionName) => (functionName === 'execute' ? sabotage : {});
}

function showEverybodyUp(real: Ecs): Ecs {
  return replacing(real, { instancesDown: () => Promise.resolve({ instances: [], odd: [] }) });
}

function forgetCopies(real: PlanStore): PlanStore {
  return replacing(real, { archive: (plans) => Promise.resolve(plans.map(() => ({ kind: 'written' }))) });
}

function hideUnproven(real: PlanStore): PlanStore {
  return replacing(real, { readUnproven: () => Promise.resolve([]) });
}

/** Columns in which people write their wishes, and what is kept about these. */
const wishColumns: readonly string[] = [
  'hold',
  'approval',
  'approved_events',
  'approved_decision',
  'approval_asked_by',
];

function keepFirstWishes(real: Tablestore): Tablestore {
  const first = new Map<string, Row['cells']>();
  const unfenced = (write: RowWrite): RowWrite => {
    const { row, equals = {}, absent = [] } = write.condition;
    const isKept = (name: string): boolean => !wishColumns.includes(name);
    return { ...write, condition: { row, equals: pick(equals, isKept), absent: absent.filter(isKept) } };
  };
  const frozen = (row: Row): Row => {
    // Reads of single columns show no wishes.
    if (row.cells['approval'] === undefined) return row;
    const key = JSON.stringify(row.key);
    const wishes = first.get(key) ?? pick(row.cells, (name) => wishColumns.includes(name));
    first.set(key, wishes);
    return { ...row, cells: { ...pick(row.cells, (name) => !wishColumns.includes(name)), ...wishes } };
  };
  return replacing(real, {
    getRange: async (request) => {
      const page = await real.getRange(request);
      return { ...page, rows: page.rows.map(frozen) };
    },
    batchGet: async (table, keys) => (await real.batchGet(table, keys)).map(frozen),
    write: (table, write) => real.write(table, unfenced(write)),
    batchWrite: (table, writes) => real.batchWrite(table, writes.map(unfenced)),
  });
}

function pick(cells: Row['cells'], isPicked: (name: string) => boolean): Row['cells'] {
  return Object.fromEntries(Object.entries(cells).filter(([name]) => isPicked(name)));
}

function unreadIsNone(real: Ecs): Ecs {
  return replacing(real, {
    ecsWindows: async (regionId, instances) => ({
      ...(await real.ecsWindows(regionId, instances)),
      unread: [],
    }),
  });
}

function approveAnything(real: PlanStore): PlanStore {
  return showing(real, ['readDue', 'readUnderWay', 'readByInstance'], (plan) => ({
    ...plan,
    approval: 'granted',
    approvedEvents: plan.eventIds,
    status: plan.status === 'AwaitingApproval' ? 'Planned' : plan.status,
  }));
}

function forgetHolds(real: PlanStore): PlanStore {
  return showing(real, ['readDue', 'readUnderWay', 'readByInstance'], (plan) => {
    const free = { ...plan };
    delete free.hold;
    return free;
  });
}

/** Nothing runs, and yet the result is a success. */
function pretendUndone(real: Commands): Commands {
  const pretended = 't-pretended';
  return replacing(real, {
    invoke: (regionId, request) =>
      request.commandId.startsWith('c-undo')
        ? Promise.resolve({ kind: 'started', id: pretended })
        : real.invoke(regionId, request),
    resultOf: (regionId, request) =>
      request.invokeId === pretended
        ? Promise.resolve({ kind: 'over', isSuccess: true, status: 'Success', exitCode: 0, output: '' })
        : real.resultOf(regionId, request),
  });
}

function withoutStartRoom(real: PlannerSettings): PlannerSettings {
  return { ...real, rules: { ...real.rules, startRoom: 0 } };
}

function hideManagers(real: Ecs): Ecs {
  const isManager = (key: string): boolean => /^(acs:autoscaling:|ack\.)/i.test(key.trim());
  const blind = (instance: Instance): Instance => ({
    ...instance,
    tags: new Map([...instance.tags].filter(([key]) => !isManager(key))),
  });
  return replacing(real, {
    instancesById: async (regionId, ids): Promise<InstanceReport> => {
      const report = await real.instancesById(regionId, ids);
      return { ...report, instances: report.instances.map(blind) };
    },
  });
}
