// Instances with a runbook: a backup or commands before and after the restart, which succeed or fail.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { RunOutcome } from '../cloud/ecs/core/commands.ts';
import type { DiskSpec } from '../cloud/ecs/core/disks.ts';
import type { Story } from './stories.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface Wishes {
  backup?: 'required' | 'optional';
  preCommand?: string;
  postCommand?: string;
}

/** Adds the instances. Their events are announced a day ahead. In the first case all steps succeed. */
export function addRunbooks(core: EcsCore, start: number, regionId: string): Story[] {
  const stories: Story[] = [];
  const add = (
    name: string,
    ending: string,
    wishes: Wishes,
    how: { disks?: readonly DiskSpec[]; notBefore?: number } = {},
  ): void => {
    const number = stories.length + 1;
    const { disks = [{ id: `d-bp1runbook0${number}a` }], notBefore = 26 * hour } = how;
    const instanceId = core.addInstance({
      id: `i-bp1runbook0${number}`,
      regionId,
      name,
      tags: tagsFor(wishes),
      disks,
      startTime: start - 720 * hour,
      creationTime: start - 720 * hour,
    });
    core.addEvent({
      id: `e-bp1runbook0${number}`,
      instanceId,
      publishAt: start + 25 * minute,
      notBefore: start + notBefore,
    });
    stories.push({ name, instanceId, ending });
  };
  const command = (id: string, outcome: RunOutcome): string =>
    core.addCommand({ id, regionId, outcomes: [outcome] });

  const drain = command('c-bp1drain', { ms: 20 * second, output: 'draining\n12 sessions left\ndrained\n' });
  const check = command('c-bp1check', { ms: 15 * second, output: 'HTTP 200 in 41 ms\n' });

  const twoDisks: DiskSpec[] = [
    { id: 'd-bp1runbook01a', type: 'system', snapshotMs: 3 * minute },
    { id: 'd-bp1runbook01b', type: 'data', snapshotMs: 5 * minute },
  ];
  const wholeRunbook: Wishes = { backup: 'required', preCommand: drain, postCommand: check };
  add('full-runbook', 'Avoided', wholeRunbook, { disks: twoDisks });

  const stuck = command('c-bp1drainstuck', { ms: 30 * second, exitCode: 3, output: '7 sessions stay\n' });
  add('pre-command-fails', 'Escalated', { preCommand: stuck });

  const down = command('c-bp1checkdown', { ms: 10 * second, exitCode: 1, output: longOutput() });
  add('post-command-fails', 'Escalated', { postCommand: down });

  // NotBefore lies in the middle of the first window, so neither the end of this window nor a later window helps.
  const slowAndNear = (number: number): { disks: readonly DiskSpec[]; notBefore: number } => ({
    disks: [{ id: `d-bp1runbook0${number}a`, sizeGib: 8_192, snapshotMs: 6 * hour }],
    notBefore: 20 * hour,
  });
  add('slow-backup-needed', 'Escalated', { backup: 'required' }, slowAndNear(4));
  add('slow-backup-waived', 'Avoided', { backup: 'optional' }, slowAndNear(5));

  return stories;
}

function tagsFor({ backup, preCommand, postCommand }: Wishes): Record<string, string> {
  return {
    ...(backup === undefined ? {} : { 'reboot-planner:backup': backup }),
    ...(preCommand === undefined ? {} : { 'reboot-planner:pre-command': preCommand }),
    ...(postCommand === undefined ? {} : { 'reboot-planner:post-command': postCommand }),
  };
}

/** An output that is longer than a reason may be. Only its end says what is wrong. */
function longOutput(): string {
  const tries = Array.from({ length: 60 }, (_, index) => `try ${index + 1}: connection refused`);
  return [...tries, 'giving up: port 8443 is closed', ''].join('\n');
}
