// Reads and writes the columns `runbook` and `steps`, as JSON that people can read.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { formatDuration, parseDuration } from '../../plan/calendar/duration.ts';
import { iso, parseInstant } from '../../plan/calendar/instant.ts';
import { isCommandId, type Runbook } from '../../plan/runbook.ts';
import { stepNames, stepStates, type Step } from '../../plan/steps.ts';

const duration = v.pipe(
  v.string(),
  v.transform((text) => {
    const parsed = parseDuration(text);
    return parsed.ok ? parsed.value : undefined;
  }),
  v.number(),
);
const instant = v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant));
const command = v.pipe(v.string(), v.guard(isCommandId));

const runbookSchema = v.object({
  backup: v.exactOptional(v.picklist(['required', 'optional'])),
  retentionDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  preCommand: v.exactOptional(command),
  postCommand: v.exactOptional(command),
  undoCommand: v.exactOptional(command),
  commandTimeout: duration,
  prepareLead: duration,
});

const stepFields = v.object({
  name: v.picklist(stepNames),
  state: v.picklist(stepStates),
  at: instant,
  method: v.exactOptional(v.picklist(['group', 'snapshots'])),
  diskIds: v.exactOptional(v.array(v.string())),
  retentionDays: v.exactOptional(v.number()),
  commandId: v.exactOptional(command),
  executeAt: v.exactOptional(instant),
  undoId: v.exactOptional(command),
  planId: v.exactOptional(v.string()),
  undelivered: v.exactOptional(v.string()),
  since: v.exactOptional(instant),
  outlived: v.exactOptional(v.boolean()),
  unrestarted: v.exactOptional(v.boolean()),
  unfinished: v.exactOptional(v.array(v.string())),
  ids: v.array(v.string()),
});

/** A step that runs has ids, and a backup that starts has disks: a backup of nothing would count as complete. */
const stepSchema = v.pipe(
  stepFields,
  v.check(({ state, ids }) => state !== 'running' || ids.length > 0),
  v.check(
    ({ name, state, method, diskIds = [] }) =>
      name !== 'backup' || state !== 'starting' || (method !== undefined && diskIds.length > 0),
  ),
);

/** `{"backup":"required","retentionDays":7,"preCommand":"c-1","commandTimeout":"5m","prepareLead":"15m"}`. */
export function encodeRunbook({ backup, commandTimeout, prepareLead, ...commands }: Runbook): string {
  const text: v.InferInput<typeof runbookSchema> = {
    ...(backup === undefined
      ? {}
      : { backup: backup.isRequired ? 'required' : 'optional', retentionDays: backup.retentionDays }),
    ...commands,
    commandTimeout: formatDuration(commandTimeout),
    prepareLead: formatDuration(prepareLead),
  };
  return JSON.stringify(text);
}

/** Undefined if the JSON is not a runbook. */
export function decodeRunbook(json: unknown): Runbook | undefined {
  const parsed = v.safeParse(runbookSchema, json);
  if (!parsed.success) return undefined;
  const { backup, retentionDays, ...rest } = parsed.output;
  if (backup === undefined) return rest;
  if (retentionDays === undefined) return undefined;
  return { ...rest, backup: { isRequired: backup === 'required', retentionDays } };
}

/** `[{"name":"backup","state":"running","at":"…","method":"group","ids":["ssg-1"]}]`. */
export function encodeSteps(steps: readonly Step[]): string {
  return JSON.stringify(
    steps.map(({ since, executeAt, ...step }) => ({
      ...step,
      at: iso(step.at),
      ...(since === undefined ? {} : { since: iso(since) }),
      ...(executeAt === undefined ? {} : { executeAt: iso(executeAt) }),
    })),
  );
}

/** Undefined if the JSON is not a list of steps. */
export function decodeSteps(json: unknown): readonly Step[] | undefined {
  const parsed = v.safeParse(v.array(stepSchema), json);
  return parsed.success ? parsed.output : undefined;
}
