// The errors of RAM, with the codes and messages of its documentation.

/** An API error: HTTP status, code and message as a client gets them. */
export class RamError extends Error {
  override readonly name = 'RamError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 404: no such role, policy, version or attachment. */
export const entityNotExist = (entity: 'Role' | 'Policy' | 'Policy.Version' | 'Role.Policy'): RamError =>
  new RamError(404, `EntityNotExist.${entity}`, notExist[entity]);

const notExist = {
  Role: 'The role does not exist.',
  Policy: 'The policy does not exist.',
  'Policy.Version': 'The policy version does not exist.',
  'Role.Policy': 'The indicate policy attached to the role does not exist.',
} as const;

/** 409: the role or policy exists, or the policy is attached already. */
export const entityAlreadyExists = (entity: 'Role' | 'Policy' | 'Role.Policy'): RamError =>
  new RamError(409, `EntityAlreadyExists.${entity}`, alreadyExists[entity]);

const alreadyExists = {
  Role: 'The role does already EXIST.',
  Policy: 'The policy does already EXIST.',
  'Role.Policy': 'The role has already been attached this policy.',
} as const;

/** 409: one more would exceed a quota of the account. */
export const limitExceeded = (entity: 'Role' | 'Policy' | 'Policy.Version' | 'Role.Policy'): RamError =>
  new RamError(409, `LimitExceeded.${entity}`, exceeded[entity]);

const exceeded = {
  Role: 'The count of roles beyond the current limits.',
  Policy: 'The count of policy beyond the current limits.',
  'Policy.Version': 'The count of policy version beyond the current limits.',
  'Role.Policy': 'The count of policies attached to the role beyond the current limits.',
} as const;

/** 409: what is to be deleted is still in use. */
export const deleteConflict = (what: string, message: string): RamError =>
  new RamError(409, `DeleteConflict.${what}`, message);

/** 400: a parameter has the wrong length or characters. `fault` is the end of the code. */
export const invalidParameter = (name: string, fault: 'InvalidChars' | 'Length' | 'Format'): RamError => {
  const messages = {
    InvalidChars: `The parameter - "${name}" contains invalid chars.`,
    Length: `The parameter - "${name}" beyond the length limit.`,
    Format: `The format of the parameter - "${name}" is incorrect.`,
  };
  return new RamError(400, `InvalidParameter.${name}.${fault}`, messages[fault]);
};

/** 400: a policy that RAM cannot read. The message says what is wrong. */
export const malformedPolicy = (details: string): RamError =>
  new RamError(400, 'MalformedPolicyDocument', details);

/** 403: the caller has no right to this. */
export const noPermission = (): RamError =>
  new RamError(
    403,
    'NoPermission',
    'You are not authorized to do this action. You should be authorized by RAM.',
  );
