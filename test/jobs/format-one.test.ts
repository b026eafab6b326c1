// A finished row of format 1, as the version before format 2 wrote it, is left alone while nothing changed.
import { expect, it } from 'vitest';
import { Account } from '../jobs/stage.ts';

it('a Skipped row of format 1 about which nothing changed is left alone', async () => {
  const account = new Account();
  account.affected('1', {}, { tags: { 'reboot-planner:enabled': 'false' } });
  account.edit('i-1', {
    approval: 'not-required',
    cause: 'tag',
    event_ids: '["e-1"]',
    instance_name: 'web-1',
    not_before: '2026-12-02T18:30:00Z',
    pinned: 'false',
    plan_id: 'e-1',
    reason: 'The tag reboot-planner:enabled=false opts the instance out; left to ECS.',
    rules: 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h',
    status: 'Skipped',
    timeline:
      '[{"at":"2026-12-01T18:30:00Z","by":"plan","what":"Skipped: The tag reboot-planner:enabled=false opts the instance out; left to ECS."}]',
    version: 1n,
    write_token: 'invocation-1-1',
  });
  expect(await account.plan()).toMatchObject({ updated: 0, unchanged: 1 });
  expect(account.story('i-1')).toEqual(['as-written']);
});
