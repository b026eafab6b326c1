// What to do about each refusal of a caller: one sentence per family of codes.
import { expect, it } from 'vitest';
import { adviceOn } from '../../lib/wording/advice.ts';

const wrongKey =
  'Check which role the function has in s.yaml, or which access key the environment names: ECS does not know this key, or it is disabled.';
const wrongSignature =
  'Check the secret of the access key, and any proxy that stands before ECS: the secret is wrong, or something changed the call on its way.';
const expired =
  'Wait for the next run, which gets new credentials from the role of the function; outside Function Compute, get a new token.';
const missingRight = (right: string): string =>
  `Give the role of the function the right ${right}: \`npm run setup\` prints the rights of each role.`;
const wrongClock = 'Set the clock of the machine: ECS refuses calls whose time is more than 15 minutes off.';
const wrongEndpoint =
  'Correct ECS_ENDPOINT: it serves another region. Leave it empty for the public endpoints.';

it.each([
  ['InvalidAccessKeyId.NotFound', wrongKey],
  ['InvalidAccessKeyId.Inactive', wrongKey],
  ['SignatureDoesNotMatch', wrongSignature],
  ['IncompleteSignature', wrongSignature],
  ['InvalidSecurityToken.Expired', expired],
  ['InvalidSecurityToken.MismatchWithAccessKey', expired],
  ['Forbidden.RAM', missingRight('ecs:RebootInstance')],
  ['NoPermission', missingRight('ecs:RebootInstance')],
  ['InvalidTimeStamp.Expired', wrongClock],
  ['IllegalTimestamp', wrongClock],
  ['InvalidOperation.NotSupportedEndpoint', wrongEndpoint],
])('%s', (code, advice) => {
  expect(adviceOn({ code, message: 'The words of ECS.', action: 'RebootInstance' })).toBe(advice);
});

it('names the right that the message names', () => {
  const message = '{"AuthAction":"ecs:StopInstance","AuthPrincipalType":"AssumedRoleUser"}';
  expect(adviceOn({ code: 'Forbidden.RAM', message, action: 'RebootInstance' })).toBe(
    missingRight('ecs:StopInstance'),
  );
});

it.each(['Forbidden', 'InstanceLockedForSecurity', 'SignatureNonceUsed', 'Throttling.User'])(
  'has no advice on %s, whose own words have to do',
  (code) => {
    expect(adviceOn({ code, message: '', action: 'RebootInstance' })).toBe(undefined);
  },
);
