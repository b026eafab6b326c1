// What an s.yaml leaves in the cloud after a deploy. The expected values are what fc3 sends, worked out by hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { deployedFrom } from './deployed.ts';

const yaml = `
edition: 3.0.0
name: some-project
access: default
vars:
  role: Some-Role
resources:
  planning:
    component: fc3
    props:
      region: cn-beijing
      runtime: nodejs20
      handler: index.handler
      code: ./dist
      functionName: some-function
      timeout: 60
      memorySize: 256
      cpu: 0.25
      role: \${vars.role}
      logConfig: auto
      environmentVariables:
        MODE: observe
      concurrencyConfig:
        reservedConcurrency: 1
      asyncInvokeConfig:
        maxAsyncRetryAttempts: 0
        maxAsyncEventAgeInSeconds: 300
      triggers:
        - triggerName: some-timer
          triggerType: timer
          triggerConfig:
            cronExpression: '@every 5m'
            enable: true
            payload: ''
  bare:
    component: fc3
    props:
      region: cn-beijing
      runtime: nodejs20
      handler: index.handler
      code: ./dist
      functionName: bare
      timeout: 60
      memorySize: 256
      role: acs:ram::5:role/Other
`;

it('A deploy makes an ARN of the name of a role, in lower case, and JSON of the settings of a trigger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deployed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 's.yaml');
  writeFileSync(file, yaml);
  const states = await deployedFrom(file, '5');
  expect([...states.keys()]).toEqual(['planning', 'bare']);
  expect(states.get('planning')).toEqual({
    function: {
      functionName: 'some-function',
      runtime: 'nodejs20',
      handler: 'index.handler',
      timeout: 60,
      memorySize: 256,
      cpu: 0.25,
      role: 'acs:ram::5:role/some-role',
      logConfig: { project: 'serverless-cn-beijing-local', logstore: 'default-logs' },
      environmentVariables: { MODE: 'observe' },
    },
    triggers: [
      {
        triggerName: 'some-timer',
        triggerType: 'timer',
        triggerConfig: '{"cronExpression":"@every 5m","enable":true,"payload":""}',
      },
    ],
    asyncInvokeConfig: { maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 300 },
    reservedConcurrency: 1,
  });
  expect(states.get('bare')).toMatchObject({
    function: { functionName: 'bare', role: 'acs:ram::5:role/other' },
    triggers: [],
  });
  expect(states.get('bare')).not.toHaveProperty('asyncInvokeConfig');
});
