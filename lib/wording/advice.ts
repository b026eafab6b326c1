// What to do when ECS refuses the caller: its key, its signature, its rights, its endpoint. ECS's own words do not say it.

/** What is known of a refused call. */
export interface RefusedCall {
  code: string;
  /** The words of ECS. */
  message: string;
  /** The action that was called, as in RebootInstance. */
  action: string;
}

/** One sentence per family of codes. The first match counts. */
const advice: readonly (readonly [RegExp, (call: RefusedCall) => string])[] = [
  [
    /^InvalidAccessKeyId\./,
    () =>
      'Check which role the function has in s.yaml, or which access key the environment names: ECS does not know this key, or it is disabled.',
  ],
  [
    /^(SignatureDoesNotMatch|IncompleteSignature)$/,
    () =>
      'Check the secret of the access key, and any proxy that stands before ECS: the secret is wrong, or something changed the call on its way.',
  ],
  [
    /^InvalidSecurityToken\./,
    () =>
      'Wait for the next run, which gets new credentials from the role of the function; outside Function Compute, get a new token.',
  ],
  [
    /^(Forbidden\.RAM|NoPermission)$/,
    ({ message, action }) =>
      `Give the role of the function the right ${missingRight(message) ?? `ecs:${action}`}: \`npm run setup\` prints the rights of each role.`,
  ],
  [
    /^(InvalidTimeStamp\..*|IllegalTimestamp)$/,
    () => 'Set the clock of the machine: ECS refuses calls whose time is more than 15 minutes off.',
  ],
  [
    /^InvalidOperation\.NotSupportedEndpoint$/,
    () => 'Correct ECS_ENDPOINT: it serves another region. Leave it empty for the public endpoints.',
  ],
];

/** What a person can do about the refusal; undefined where the words of ECS have to do. */
export function adviceOn(call: RefusedCall): string | undefined {
  const [, say] = advice.find(([codes]) => codes.test(call.code)) ?? [];
  return say?.(call);
}

/** The right that the message names, as in ecs:RebootInstance. */
function missingRight(message: string): string | undefined {
  return /\b[a-z]+:[A-Z]\w+/.exec(message)?.[0];
}
