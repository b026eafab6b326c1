// Ways to break the code under test from outside, by wrapping one of its ports. The simulation must find each of them. This
// proves that the simulation can fail.
import { randomUUID } from 'node:crypto';
import type { RowWrite, Tablestore } from '../../lib/alibaba/tablestore/api.ts';
import type { EventReport } from '../../lib/plan/event.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import type {
  Backups,
  Clock,
  Commands,
  Ecs,
  PlanRead,
  PlanStore,
  PlanWrite,
  SnapshotStatus,
} from '../../lib/ports.ts';
import { permissionSabotages } from './permission-sabotages.ts';
import { replacing, showing } from './replacing.ts';
import { tellingSabotages } from './telling-sabotages.ts';
import type { Sabotage, SabotageKind } from './world.ts';

export const sabotages: Readonly<Record<string, SabotageKind>> = {
  'retry-reboot': {
    what: 'sends RebootInstance again when its outcome is unknown',
    make: () => ({ ecs: retryReboot }),
  },
  'skip-intent': {
    what: 'treats the intent as recorded and does not write it',
    make: () => ({ store: skipIntent }),
  },
  'drop-version': {
    what: 'writes rows without the conditions on their columns',
    make: () => ({ tablestore: dropConditions }),
  },
  'reclaim-rebooting': {
    what: 'treats a row in Rebooting as due again',
    make: () => ({ store: reclaimRebooting }),
  },
  'trust-disappearance': {
    what: 'treats an event that is not Scheduled as Avoided',
    make: () => ({ ecs: trustDisappearance }),
  },
  'late-send': {
    what: 'stops the clock between the intent and the sending',
    make: () => lateSend(),
  },
  'pass-over': {
    what: 'hides the due plans that wait from executions',
    make: () => ({ store: hideWaiting }),
  },
  'forget-due': {
    what: 'does not write due_at when verifying begins',
    make: () => ({ tablestore: forgetDue }),
  },
  'swallow-problem': {
    what: 'removes all problems from the reports of the functions',
    make: () => ({ problems: () => [] }),
  },
  'ignore-limits': {
    what: 'hides all other unfinished plans from executions',
    make: (functionName) => (functionName === 'execute' ? { store: hideUnderWay } : {}),
  },
  'no-yield': {
    what: 'hides all other unfinished plans from executions that have claimed a plan',
    make: (functionName) => (functionName === 'execute' ? { store: hideUnderWayOnceClaimed } : {}),
  },
  'forget-drained': {
    what: 'hides plans whose pre-command has begun, and whose restart has not, from executions',
    make: () => ({ store: hideDrained }),
  },
  'forget-pause': {
    what: 'hides the plans that ended a short time ago',
    make: () => ({ store: (real) => replacing(real, { readRestartedSince: () => Promise.resolve([]) }) }),
  },
  'skip-gate': {
    what: 'treats a failed backup or command as a success',
    make: () => ({ backups: backupsNeverFail, commands: commandsNeverFail }),
  },
  'no-wait': {
    what: 'treats a backup as complete as soon as it has begun',
    make: () => ({ backups: backupsTakeNoTime }),
  },
  'new-token': {
    what: 'repeats requests for backups and commands with a new token',
    make: () => ({ backups: backupsForgetTokens, commands: commandsForgetTokens }),
  },
  ...permissionSabotages,
  ...tellingSabotages,
};

function backupsNeverFail(real: Backups): Backups {
  return withStatus(real, 'failed', 'accomplished');
}

function backupsTakeNoTime(real: Backups): Backups {
  return withStatus(real, 'progressing', 'accomplished');
}

function withStatus(real: Backups, from: SnapshotStatus, to: SnapshotStatus): Backups {
  const changed = (status: SnapshotStatus): SnapshotStatus => (status === from ? to : status);
  return replacing(real, {
    snapshots: async (regionId, ids) => {
      const found = await real.snapshots(regionId, ids);
      return new Map([...found].map(([id, status]) => [id, changed(status)]));
    },
    snapshotGroup: async (regionId, groupId) => {
      const group = await real.snapshotGroup(regionId, groupId);
      return group && { ...group, status: changed(group.status) };
    },
  });
}

function backupsForgetTokens(real: Backups): Backups {
  return replacing(real, {
    createSnapshot: (regionId, request) =>
      real.createSnapshot(regionId, { ...request, clientToken: randomUUID() }),
    createSnapshotGroup: (regionId, request) =>
      real.createSnapshotGroup(regionId, { ...request, clientToken: randomUUID() }),
  });
}

function commandsForgetTokens(real: Commands): Commands {
  return replacing(real, {
    invoke: (regionId, request) => real.invoke(regionId, { ...request, clientToken: randomUUID() }),
  });
}

function commandsNeverFail(real: Commands): Commands {
  return replacing(real, {
    resultOf: async (regionId, request) => {
      const result = await real.resultOf(regionId, request);
      return result.kind === 'over' ? { ...result, isSuccess: true } : result;
    },
  });
}

function retryReboot(real: Ecs): Ecs {
  return replacing(real, {
    reboot: async (regionId, instanceId) => {
      const first = await real.reboot(regionId, instanceId);
      return first.kind === 'unknown' ? real.reboot(regionId, instanceId) : first;
    },
  });
}

function skipIntent(real: PlanStore): PlanStore {
  return replacing(real, {
    write: (write) =>
      write.plan.status === 'Rebooting' ? Promise.resolve({ kind: 'written' }) : real.write(write),
  });
}

function dropConditions(real: Tablestore): Tablestore {
  const loosened = (write: RowWrite): RowWrite => ({ ...write, condition: { row: write.condition.row } });
  return replacing(real, {
    write: (table, write) => real.write(table, loosened(write)),
    batchWrite: (table, writes) => real.batchWrite(table, writes.map(loosened)),
  });
}

function reclaimRebooting(real: PlanStore): PlanStore {
  return showing(real, ['readDue'], (read) => {
    if (read.status !== 'Rebooting') return read;
    const plan: Plan = { ...read, status: 'Planned' };
    delete plan.intent;
    return plan;
  });
}

function trustDisappearance(real: Ecs): Ecs {
  return replacing(real, {
    eventsById: async (regionId, eventIds): Promise<EventReport> => {
      const report = await real.eventsById(regionId, eventIds);
      const events = report.events.map((event) =>
        event.status === 'Scheduled' || event.status === 'Inquiring'
          ? event
          : { ...event, status: 'Avoided' as const },
      );
      return { ...report, events };
    },
  });
}

function lateSend(): Sabotage {
  let held: ReturnType<Clock['now']> | undefined;
  return {
    clock: (real) => replacing(real, { now: () => held ?? real.now() }),
    store: (real) =>
      replacing(real, {
        write: async (write) => {
          if (write.plan.status === 'Rebooting') held = write.plan.intent?.at;
          const outcome = await real.write(write);
          if (outcome.kind !== 'written') held = undefined;
          return outcome;
        },
      }),
    ecs: (real) =>
      replacing(real, {
        reboot: (regionId, instanceId) => {
          held = undefined;
          return real.reboot(regionId, instanceId);
        },
      }),
  };
}

function hideWaiting(real: PlanStore): PlanStore {
  const waits = (row: PlanRead): boolean => row.kind === 'plan' && row.plan.status === 'Planned';
  return replacing(real, {
    readDue: async (regionId, now) => (await real.readDue(regionId, now)).filter((row) => !waits(row)),
  });
}

function hideUnderWay(real: PlanStore): PlanStore {
  return replacing(real, { readUnderWay: () => Promise.resolve([]) });
}

function hideDrained(real: PlanStore): PlanStore {
  const isDrained = ({ status, steps = [] }: Plan): boolean =>
    ['Planned', 'AwaitingApproval', 'Preparing'].includes(status) &&
    steps.some(({ name }) => name === 'pre-command');
  return replacing(real, {
    readUnderWay: async (regionId) =>
      (await real.readUnderWay(regionId)).filter((row) => row.kind !== 'plan' || !isDrained(row.plan)),
  });
}

function hideUnderWayOnceClaimed(real: PlanStore): PlanStore {
  const claimed = new Set<string>();
  const note = ({ plan }: PlanWrite): void => {
    if (plan.status === 'Preparing') claimed.add(plan.regionId);
  };
  return replacing(real, {
    write: (write) => {
      note(write);
      return real.write(write);
    },
    writeAll: (writes) => {
      writes.forEach(note);
      return real.writeAll(writes);
    },
    readUnderWay: (regionId) => (claimed.has(regionId) ? Promise.resolve([]) : real.readUnderWay(regionId)),
  });
}

function forgetDue(real: Tablestore): Tablestore {
  const forgetful = (write: RowWrite): RowWrite => {
    if (write.put['status'] !== 'Verifying') return write;
    const put = { ...write.put };
    delete put['due_at'];
    return { ...write, put, remove: [...(write.remove ?? []), 'due_at'] };
  };
  return replacing(real, { write: (table, write) => real.write(table, forgetful(write)) });
}
