// LANGUAGE reaches the rows and the answers of the built functions.
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud } from '../cloud/local-cloud.ts';
import { createTablesIn } from '../in-process/tables.ts';

it('with LANGUAGE=zh the plan function writes Chinese reasons and answers with Chinese problems', async () => {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  const tables = { plans: 'reboot_plans', history: 'reboot_plan_history' };
  createTablesIn(cloud.tablestore.core, tables);
  const instanceId = cloud.ecs.core.addInstance({
    regionId: 'cn-hangzhou',
    tags: { 'reboot-planner:window': 'whenever' },
  });
  cloud.ecs.core.addEvent({ instanceId, notBefore: realClock.now() + 86_400_000 });
  const logged: string[] = [];
  const log = (line: string): void => void logged.push(line);
  const answer = await loadBundle(resolve('dist/plan/index.js'), {
    clock: realClock,
    activity: new Activity(cloud.parked),
    environment: {
      ECS_ENDPOINT: cloud.ecs.endpoint,
      TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
      LANGUAGE: 'zh',
    },
  })(Buffer.from('{}'), {
    requestId: 'r-1',
    region: 'cn-hangzhou',
    credentials: localAccount,
    function: { name: 'plan', timeout: 120 },
    logger: { info: log, warn: log, error: log },
  });
  const { row } = cloud.tablestore.core.getRow({
    tableName: tables.plans,
    primaryKey: [
      { name: 'region_id', value: 'cn-hangzhou' },
      { name: 'instance_id', value: instanceId },
    ],
    maxVersions: 1,
  });
  const reason = row?.columns.find(({ name }) => name === 'reason')?.value;
  expect(reason).toMatch(/Tag reboot-planner:window 的值为 "whenever"，应为 /);
  const { problems } = JSON.parse(String(answer)) as { problems: { code: string; problem: string }[] };
  expect(problems.map(({ code }) => code)).toContain('tag-faults');
  expect(problems.filter(({ problem }) => !/[，。]/.test(problem))).toEqual([]);
  expect(logged.join('\n')).toContain('的值为');
});
