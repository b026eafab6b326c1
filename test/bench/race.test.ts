// The counts of the benchmark, which are the same on any machine.
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleBaselines, builtFunctions } from './bundles.ts';
import { race, type RaceResult } from './race.ts';

let ours: RaceResult;
let article: RaceResult;

beforeAll(async () => {
  const baselines = await bundleBaselines();
  ours = await race({ kind: 'functions', ...builtFunctions }, 100);
  article = await race({ kind: 'script', file: baselines.article }, 100);
}, 60_000);

describe('a hundred due events of one region', () => {
  it('all become Avoided with one RebootInstance each, with our functions and with the article’s algorithm', () => {
    const once = { avoided: 100, rebootsAnInstance: { most: 1, least: 1 } };
    expect(ours).toMatchObject(once);
    expect(article).toMatchObject(once);
  });

  it('cost our functions 20 other calls to ECS, and the article’s algorithm more than 300', () => {
    // Plan: a page of events, the instances, their windows, the O&M windows. Execute: the facts, who is down in four
    // statuses, whom ECS takes down soon, and the health before, then four looks at the events. Two of the looks find answered
    // events, and read the instances and their health.
    expect(ours.calls).toMatchObject({
      DescribeInstanceHistoryEvents: 1 + 1 + 1 + 4,
      DescribeInstances: 1 + 1 + 4 + 2,
      DescribeInstanceMaintenanceAttributes: 1,
      DescribePlanMaintenanceWindows: 1,
      DescribeInstancesFullStatus: 1 + 2,
    });
    expect(ours.otherEcsCalls).toBe(20);
    // Eleven lists, the last of which is empty, and three or four looks at each instance.
    expect(article.otherEcsCalls).toBeGreaterThan(11 + 3 * 100);
    expect(article.otherEcsCalls).toBeLessThan(11 + 4 * 100);
  });

  it('are over in less than a tenth of the article’s virtual time, including the wait for the timer', () => {
    expect(ours.virtualSeconds).toBeLessThan(article.virtualSeconds / 10);
  });
});
