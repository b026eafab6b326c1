// The policies as people get them: as text to paste, as files, and as Terraform.
import {
  applyGrants,
  deployGrants,
  operateGrants,
  policyNameOf,
  type Deployed,
} from '../../alibaba/ram/people.ts';
import { policyText, trustText } from '../../alibaba/ram/policy.ts';
import { grantsOf, type ExtraRights, type RoleKind } from '../../alibaba/ram/rights.ts';
import type { NamedRole } from './estate.ts';

/** A role of a function, with its policies as JSON. */
export interface WantedRole {
  kind: RoleKind;
  name: string;
  trust: string;
  policyName: string;
  policy: string;
}

/** The roles as they should be. */
export function wantedRoles(
  roles: readonly NamedRole[],
  estate: Deployed,
  extras: readonly ExtraRights[],
): WantedRole[] {
  return roles.map(({ kind, name }) => ({
    kind,
    name,
    trust: trustText,
    policyName: policyNameOf(name),
    policy: policyText(grantsOf(kind, estate, extras)),
  }));
}

/** One text with its heading, and the name of its file. */
export interface Paper {
  title: string;
  file: string;
  text: string;
}

/** Every policy. */
export function papersOf(roles: readonly WantedRole[], estate: Deployed): Paper[] {
  return [
    ...roles.flatMap(({ kind, name, trust, policyName, policy }) => [
      { title: `Role ${name} (function ${kind}): its trust policy`, file: `${kind}-trust.json`, text: trust },
      {
        title: `Role ${name} (function ${kind}): its permission policy ${policyName}`,
        file: `${kind}-policy.json`,
        text: policy,
      },
    ]),
    {
      title: 'Policy of the person who deploys (npm run setup, s deploy, s invoke)',
      file: 'deploy-policy.json',
      text: policyText(deployGrants(estate)),
    },
    {
      title: 'Policy of the person who operates (reboot-plans, npm run drill)',
      file: 'operate-policy.json',
      text: policyText(operateGrants(estate)),
    },
    {
      title: 'Policy of the person who creates the roles (npm run setup -- --apply)',
      file: 'apply-policy.json',
      text: policyText(applyGrants(estate)),
    },
  ];
}

/** The roles for Terraform, with the provider aliyun/alicloud. `role_name` and its like came with 1.252.0. */
export function terraformOf(roles: readonly WantedRole[]): string {
  const blocks = roles.map(
    ({ kind, name, trust, policyName, policy }) => `resource "alicloud_ram_role" "${kind}" {
  role_name                   = ${JSON.stringify(name)}
  description                 = ${JSON.stringify(descriptionOf(kind))}
  assume_role_policy_document = jsonencode(${indented(trust)})
}

resource "alicloud_ram_policy" "${kind}" {
  policy_name     = ${JSON.stringify(policyName)}
  description     = ${JSON.stringify(descriptionOf(kind))}
  policy_document = jsonencode(${indented(policy)})
}

resource "alicloud_ram_role_policy_attachment" "${kind}" {
  role_name   = alicloud_ram_role.${kind}.role_name
  policy_name = alicloud_ram_policy.${kind}.policy_name
  policy_type = "Custom"
}
`,
  );
  return [
    `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = ">= 1.252.0"
    }
  }
}
`,
    ...blocks,
  ].join('\n');
}

/** For people who find the role or the policy in RAM. */
export function descriptionOf(kind: RoleKind): string {
  return `ecs-reboot-planner: the function ${kind}`;
}

function indented(json: string): string {
  return json.replaceAll('\n', '\n  ');
}
