// Endpoints that do not belong to what is called there are refused at the start, not at every run. So is a list of event
// types that ECS would refuse.
import { describe, expect, it, onTestFinished } from 'vitest';
import { ecsUrl } from '../../lib/alibaba/ecs/endpoints.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import { readConfiguration, readTablestoreConfiguration } from '../../lib/settings/configuration.ts';
import { ConfigurationError } from '../../lib/failures.ts';
import type { Environment } from '../../lib/settings/environment-schema.ts';
import type { Fault } from '../../lib/plan/fault.ts';
import { answering } from '../alibaba/ecs/ecs-on-loopback.ts';

const required = {
  TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
  TABLESTORE_INSTANCE: 'planner',
};

/** The faults of these settings of a function in Hangzhou. */
function faultsOf(environment: Environment, read = readInHangzhou): readonly Fault[] {
  try {
    read({ ...required, ...environment });
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) return thrown.faults;
    throw thrown;
  }
}

function readInHangzhou(environment: Environment): unknown {
  return readConfiguration(environment, 'cn-hangzhou');
}

describe('an endpoint of ECS serves one region', () => {
  it('refuses an endpoint that names another region than REGIONS', () => {
    const faults = faultsOf({
      REGIONS: 'cn-hangzhou,cn-shanghai,us-west-1',
      ECS_ENDPOINT: 'https://ecs-vpc.cn-hangzhou.aliyuncs.com',
    });
    expect(faults).toEqual([
      {
        what: 'ECS_ENDPOINT',
        value: '"https://ecs-vpc.cn-hangzhou.aliyuncs.com"',
        expected:
          'an endpoint of cn-shanghai, us-west-1, as in https://ecs-vpc.{region}.aliyuncs.com, or nothing: an endpoint of ECS serves one region',
        at: 'cn-hangzhou',
      },
    ]);
  });

  it('refuses an endpoint of another region than the function’s own, where REGIONS is empty', () => {
    expect(faultsOf({ ECS_ENDPOINT: 'https://ecs.cn-beijing.aliyuncs.com' })).toMatchObject([
      { what: 'ECS_ENDPOINT', at: 'cn-beijing' },
    ]);
  });

  it.each([
    ['a public endpoint', 'https://ecs-cn-hangzhou.aliyuncs.com'],
    ['a region whose name only begins in the same way', 'https://ecs-vpc.cn-shanghai-finance-1.aliyuncs.com'],
    ['an endpoint of PrivateLink', 'https://ep-1a2b.ecs.cn-hangzhou.privatelink.aliyuncs.com'],
    ['an endpoint in Mexico', 'https://ecs.mx-central-1.aliyuncs.com'],
    ['an endpoint in Russia', 'https://ecs.rus-west-1.aliyuncs.com'],
    ['an endpoint of a region that is new', 'https://ecs-vpc.za-south-2.aliyuncs.com'],
    ['a name with its final dot', 'https://ecs-vpc.cn-hangzhou.aliyuncs.com.'],
    ['a public endpoint with its final dot', 'https://ecs-cn-hangzhou.aliyuncs.com.'],
    ['a name that joins all its parts', 'https://ecs-vpc-cn-hangzhou.aliyuncs.com'],
  ])('refuses %s', (_name, ECS_ENDPOINT) => {
    expect(faultsOf({ REGIONS: 'cn-shanghai', ECS_ENDPOINT })).toMatchObject([{ what: 'ECS_ENDPOINT' }]);
  });

  it.each(['ecs.example.com', 'ecs-vpc.aliyuncs.com', 'ecs.aliyuncs.com'])(
    'refuses several regions at %s, which names none',
    (host) => {
      const several = { REGIONS: 'cn-hangzhou,cn-shanghai', ECS_ENDPOINT: `https://${host}` };
      expect(faultsOf(several)).toMatchObject([{ what: 'ECS_ENDPOINT', at: host }]);
    },
  );

  it.each(['cn-zhangjiakou', 'eu-central-1', 'mx-central-1'])(
    'refuses %s at the central endpoint, because it has one of its own',
    (REGIONS) => {
      expect(faultsOf({ REGIONS, ECS_ENDPOINT: 'https://ecs.aliyuncs.com' })).toEqual([
        {
          what: 'ECS_ENDPOINT',
          value: '"https://ecs.aliyuncs.com"',
          expected: `an endpoint of ${REGIONS}, as in https://ecs-vpc.{region}.aliyuncs.com, or nothing: an endpoint of ECS serves one region`,
          at: 'ecs.aliyuncs.com',
        },
      ]);
    },
  );

  it.each([
    ['its own region', 'cn-hangzhou', 'https://ecs-vpc.cn-hangzhou.aliyuncs.com'],
    ['the public endpoint of its own region', 'cn-hangzhou', 'https://ecs-cn-hangzhou.aliyuncs.com'],
    [
      'a region whose public endpoint is another one’s',
      'cn-shanghai-finance-1',
      'https://ecs-cn-hangzhou.aliyuncs.com',
    ],
    [
      '{region} in the place of each region',
      'cn-hangzhou,cn-shanghai',
      'https://ecs-vpc.{region}.aliyuncs.com',
    ],
    ['one region at an endpoint that names none', 'cn-shanghai', 'https://ecs.example.com'],
    ['a region that ECS has named for the central endpoint', 'cn-hangzhou', 'https://ecs.aliyuncs.com'],
    [
      'regions whose public endpoint is the central one',
      'cn-hangzhou-finance,cn-north-2-gov-1',
      'https://ecs.aliyuncs.com',
    ],
    ['a region outside the usual continents', 'mx-central-1', 'https://ecs-vpc.mx-central-1.aliyuncs.com'],
    [
      'its own region in a name that joins all its parts',
      'cn-hangzhou',
      'https://ecs-vpc-cn-hangzhou.aliyuncs.com',
    ],
    ['its own region with a final dot', 'cn-hangzhou', 'https://ecs-vpc.cn-hangzhou.aliyuncs.com.'],
    ['every region on loopback with a final dot', 'cn-hangzhou,cn-shanghai', 'http://localhost.:8080'],
    ['every region on loopback: 127.0.0.1', 'cn-hangzhou,cn-shanghai', 'http://127.0.0.1:8080'],
    ['every region on loopback: localhost', 'cn-hangzhou,cn-shanghai', 'http://localhost:8080'],
    ['every region on loopback: [::1]', 'cn-hangzhou,cn-shanghai', 'http://[::1]:8080'],
  ])('accepts %s', (_name, REGIONS, ECS_ENDPOINT) => {
    expect(faultsOf({ REGIONS, ECS_ENDPOINT })).toEqual([]);
  });
});

describe('the URL of a region’s ECS', () => {
  it.each([
    [
      'has the region in the place of {region}',
      'https://ecs-vpc.{region}.aliyuncs.com',
      'ecs-vpc.cn-shanghai.aliyuncs.com',
    ],
    ['is the endpoint as it is, where it has no {region}', 'http://127.0.0.1:81', '127.0.0.1:81'],
    ['is the public endpoint, where there is no other', undefined, 'ecs.cn-shanghai.aliyuncs.com'],
  ])('%s', (_name, endpoint, host) => {
    expect(ecsUrl('cn-shanghai', endpoint).host).toBe(host);
  });
});

it('a call goes to the endpoint of its region', async () => {
  const answer = { RequestId: 'r-1' };
  const { port } = new URL(await answering((close) => onTestFinished(close), answer));
  const credentials = { accessKeyId: 'key', accessKeySecret: 'secret' };
  const api = openEcsApi({ endpoint: `http://127.0.0.{region}:${port}` }, credentials);
  const parameters = { regionId: '1', instanceIds: '[]', maxResults: 100 };
  expect(await api.call('1', 'DescribeInstances', parameters)).toEqual(answer);
});

describe('an endpoint of Tablestore belongs to one instance', () => {
  const other = { TABLESTORE_INSTANCE: 'reboots' };
  const fault = {
    what: 'TABLESTORE_INSTANCE',
    value: '"reboots"',
    expected: 'the instance of TABLESTORE_ENDPOINT, planner',
  };

  it('refuses an instance that the endpoint does not name, for the functions and for setup', () => {
    expect(faultsOf(other)).toEqual([fault]);
    expect(faultsOf(other, readTablestoreConfiguration)).toEqual([fault]);
  });

  it.each([
    'https://planner.cn-hangzhou.vpc.ots.aliyuncs.com',
    'https://planner.cn-hangzhou.ots-internal.aliyuncs.com',
    'https://planner.cn-hangzhou.vpc.tablestore.aliyuncs.com',
    'https://planner.cn-hangzhou.ots.aliyuncs.com.',
  ])('refuses it at %s, too', (TABLESTORE_ENDPOINT) => {
    expect(faultsOf({ ...other, TABLESTORE_ENDPOINT })).toEqual([fault]);
    expect(faultsOf({ TABLESTORE_ENDPOINT })).toEqual([]);
  });

  it.each(['http://127.0.0.1:80', 'https://tables.example.com'])(
    'cannot tell at %s',
    (TABLESTORE_ENDPOINT) => {
      expect(faultsOf({ ...other, TABLESTORE_ENDPOINT })).toEqual([]);
    },
  );
});

describe('ECS takes at most 30 event types in one call', () => {
  const types = (count: number): string =>
    [
      'SystemMaintenance.Reboot',
      ...Array.from({ length: count - 1 }, (_, n) => `Made.Up${'x'.repeat(n)}`),
    ].join(',');

  it('accepts 30, and 30 of which some are named twice', () => {
    expect(faultsOf({ EVENT_TYPES: types(30) })).toEqual([]);
    expect(faultsOf({ EVENT_TYPES: `${types(30)},SystemMaintenance.Reboot` })).toEqual([]);
  });

  it('refuses 31, and names the one that is too many', () => {
    expect(faultsOf({ EVENT_TYPES: types(31) })).toMatchObject([
      {
        what: 'EVENT_TYPES',
        expected: 'at most 30 event types, as many as ECS takes',
        at: `Made.Up${'x'.repeat(29)}`,
      },
    ]);
  });
});
