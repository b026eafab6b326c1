// RAM through Alibaba's SDK. Commands load this file when they need it: the SDK loads all of its models.
import Client, {
  AttachPolicyToRoleRequest,
  CreatePolicyRequest,
  CreatePolicyVersionRequest,
  CreateRoleRequest,
  GetPolicyRequest,
  GetRoleRequest,
  ListPoliciesForRoleRequest,
} from '@alicloud/ram20150501';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import * as v from 'valibot';
import { ConfigurationError, messageOf } from '../../failures.ts';
import { shown } from '../../plan/fault.ts';
import { maskOf, type Credentials } from '../credentials.ts';
import { within } from '../deadline.ts';
import { RamFault, type Ram } from './api.ts';

/** The one endpoint of RAM, for all regions. */
const publicEndpoint = 'https://ram.aliyuncs.com';

const lackingRights =
  'Run it with a key that has the rights of apply-policy.json (setup --write), or give the policies to somebody who manages RAM.';

/** A person waits. */
const deadlineMs = 15_000;

const roleSchema = v.object({ role: v.object({ assumeRolePolicyDocument: v.string() }) });
const policiesSchema = v.object({
  policies: v.object({
    policy: v.optional(
      v.array(v.object({ policyName: v.string(), policyType: v.picklist(['Custom', 'System']) })),
      [],
    ),
  }),
});
const policySchema = v.object({
  policy: v.object({ attachmentCount: v.optional(v.number()) }),
  defaultPolicyVersion: v.object({ policyDocument: v.string(), versionId: v.string() }),
});
const versionSchema = v.object({ policyVersion: v.object({ versionId: v.string() }) });

/**
 * Reads the endpoint. Undefined or empty: the public one.
 * @throws ConfigurationError if the text is no URL
 */
export function ramTarget(endpoint: string | undefined): URL {
  const text = endpoint?.trim() ?? '';
  if (text === '') return new URL(publicEndpoint);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/') return url;
  const expected = `an endpoint of RAM with its scheme, as in ${publicEndpoint}`;
  throw new ConfigurationError([{ what: 'RAM_ENDPOINT', value: shown(text), expected }]);
}

/** Opens RAM. Nothing is called. */
export function openRam({ protocol, host }: URL, credentials: Credentials): Ram {
  const client = new Client.default(
    new $OpenApiUtil.Config({
      ...credentials,
      endpoint: host,
      protocol: protocol === 'http:' ? 'HTTP' : 'HTTPS',
      readTimeout: deadlineMs,
      connectTimeout: deadlineMs,
    }),
  );
  const mask = maskOf(credentials);
  const call: Call = async (action, send) => {
    try {
      return (await within(deadlineMs, `RAM ${action}`, send())).body;
    } catch (thrown) {
      const { code } = thrown as { code?: unknown };
      const words = `RAM ${action}: ${mask(messageOf(thrown))}`;
      if (typeof code !== 'string') throw new RamFault(words, undefined);
      const advice = /^(NoPermission|Forbidden)/.test(code)
        ? `${words.replace(/\.$/, '')}. ${lackingRights}`
        : words;
      throw new RamFault(advice, code);
    }
  };
  return { ...readsOf(client, call), ...writesOf(client, call) };
}

/** Sends one call of an action, and gives the body of its answer. */
type Call = (action: string, send: () => Promise<{ body?: unknown }>) => Promise<unknown>;

const runtime = new RuntimeOptions({});

function readsOf(client: Client.default, call: Call): Pick<Ram, 'role' | 'policy'> {
  /** Undefined where RAM says that there is none. */
  const find: Call = async (action, send) => {
    try {
      return await call(action, send);
    } catch (thrown) {
      if (thrown instanceof RamFault && thrown.code?.startsWith('EntityNotExist') === true) return undefined;
      throw thrown;
    }
  };
  return {
    async role(roleName) {
      const found = await find('GetRole', () =>
        client.getRoleWithOptions(new GetRoleRequest({ roleName }), runtime),
      );
      if (found === undefined) return undefined;
      const { role } = read('GetRole', roleSchema, found);
      const list = await call('ListPoliciesForRole', () =>
        client.listPoliciesForRoleWithOptions(new ListPoliciesForRoleRequest({ roleName }), runtime),
      );
      const { policies } = read('ListPoliciesForRole', policiesSchema, list);
      return {
        trust: role.assumeRolePolicyDocument,
        policies: policies.policy.map(({ policyName: name, policyType: type }) => ({ name, type })),
      };
    },

    async policy(policyName) {
      const request = new GetPolicyRequest({ policyName, policyType: 'Custom' });
      const found = await find('GetPolicy', () => client.getPolicyWithOptions(request, runtime));
      if (found === undefined) return undefined;
      const { defaultPolicyVersion: version, policy } = read('GetPolicy', policySchema, found);
      return {
        document: version.policyDocument,
        version: version.versionId,
        attachments: policy.attachmentCount,
      };
    },
  };
}

function writesOf(client: Client.default, call: Call): Omit<Ram, 'role' | 'policy'> {
  return {
    async createRole({ name, trust, description }) {
      const request = new CreateRoleRequest({
        roleName: name,
        assumeRolePolicyDocument: trust,
        description,
      });
      await call('CreateRole', () => client.createRoleWithOptions(request, runtime));
    },

    async createPolicy({ name, document, description }) {
      const request = new CreatePolicyRequest({
        policyName: name,
        policyDocument: document,
        description,
      });
      await call('CreatePolicy', () => client.createPolicyWithOptions(request, runtime));
    },

    async addVersion({ name, document }) {
      const request = new CreatePolicyVersionRequest({
        policyName: name,
        policyDocument: document,
        setAsDefault: true,
      });
      const body = await call('CreatePolicyVersion', () =>
        client.createPolicyVersionWithOptions(request, runtime),
      );
      return read('CreatePolicyVersion', versionSchema, body).policyVersion.versionId;
    },

    async attach({ policy, role }) {
      const request = new AttachPolicyToRoleRequest({
        policyName: policy,
        policyType: 'Custom',
        roleName: role,
      });
      await call('AttachPolicyToRole', () => client.attachPolicyToRoleWithOptions(request, runtime));
    },
  };
}

function read<T extends v.GenericSchema>(action: string, schema: T, body: unknown): v.InferOutput<T> {
  const answer = v.safeParse(schema, body);
  if (answer.success) return answer.output;
  throw new RamFault(`RAM ${action}: an answer without what was asked for`, undefined);
}
