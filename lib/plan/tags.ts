// What an instance's tags ask for. Tags are an owner's word on one instance and override the settings; one that cannot
// be read is reported and never read as a yes.

const prefix = 'reboot-planner:';

/** The wishes of one instance's tags, and what could not be read. */
export interface Wishes {
  /** `no` where the owner opted out; `unclear` where any of our tags cannot be read, which is no yes. */
  enabled: 'yes' | 'no' | 'unclear';
  approvalRequired: boolean;
  /** One sentence a tag that cannot be read: names the tag, its value and what was expected. */
  faults: readonly string[];
}

/** The tags that mean something; any other with the prefix is a slip, and a slip must not turn into a yes. */
const known = ['enabled', 'approval'] as const;

/** Reads the tags `reboot-planner:…` of one instance. */
export function readWishes(tags: ReadonlyMap<string, string>): Wishes {
  const faults = unknownTags(tags);
  const enabledText = tags.get(`${prefix}enabled`);
  const enabled = enabledText === undefined ? 'yes' : yesOrNo(enabledText);
  if (enabled === 'unclear') {
    faults.push(`Tag ${prefix}enabled is "${enabledText ?? ''}", expected true or false.`);
  }
  const approvalText = tags.get(`${prefix}approval`);
  if (approvalText !== undefined && approvalText.trim().toLowerCase() !== 'required') {
    faults.push(`Tag ${prefix}approval is "${approvalText}", expected required.`);
  }
  return {
    enabled: enabled === 'yes' && faults.length > 0 ? 'unclear' : enabled,
    approvalRequired: approvalText !== undefined,
    faults,
  };
}

function unknownTags(tags: ReadonlyMap<string, string>): string[] {
  return [...tags.keys()]
    .filter((key) => key.toLowerCase().startsWith(prefix))
    .filter((key) => !known.some((name) => key === `${prefix}${name}`))
    .map(
      (key) =>
        `Tag ${key} is not one that is known, expected ${known.map((name) => prefix + name).join(' or ')}.`,
    );
}

function yesOrNo(text: string): Wishes['enabled'] {
  switch (text.trim().toLowerCase()) {
    case 'true':
      return 'yes';
    case 'false':
      return 'no';
    default:
      return 'unclear';
  }
}
