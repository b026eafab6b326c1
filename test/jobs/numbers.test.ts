// The numbers of an execution's report: each due row counts once, in the column of what became of it.
import { describe, expect, it } from 'vitest';
import { Account, minute } from './stage.ts';

describe('the report of an execution with one plan of every kind', () => {
  it('counts each due row once, by what became of it', async () => {
    const account = new Account();
    account.affected('proven');
    account.affected('slow', { avoidedAfterMs: 20 * minute });
    account.affected('stopped', {}, { status: 'Stopped' });
    account.affected('forbidden');
    account.affected('cancelled');
    account.affected('unreadable');
    account.affected('done');
    await account.plan();
    account.ecs.schedule(0, { kind: 'event-ended', eventId: 'e-cancelled', status: 'Canceled' });
    account.edit('i-unreadable', { not_before: 'whenever' });
    account.edit('i-done', { status: 'Skipped' });
    account.faults.add({
      operation: 'RebootInstance',
      matching: (request) =>
        (request as { params: Record<string, string> }).params['InstanceId'] === 'i-forbidden',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });

    const report = await account.execute();
    expect(report).toMatchObject({ due: 7, rebooted: 2, avoided: 1, waiting: 2, escalated: 2 });
    expect(new Set(report.problems.map(({ instanceId }) => instanceId))).toEqual(
      new Set(['i-unreadable', 'i-forbidden']),
    );
    const statuses = ['proven', 'slow', 'stopped', 'forbidden', 'cancelled', 'unreadable', 'done'].map(
      (id) => account.row(`i-${id}`)['status'],
    );
    expect(statuses).toEqual([
      'Avoided',
      'Verifying',
      'Planned',
      'Escalated',
      'Cleared',
      'Escalated',
      'Skipped',
    ]);
  });
});
