// What an instance's tags ask for. Tags are an owner's word on one instance and override the settings; one that cannot
// be read is reported and never read as a yes.

const prefix = 'reboot-planner:';

/** The wishes of one instance's tags, and what could not be read. */
export interface Wishes {
  /** `no` where the owner opted out; `unclear` where the tag can't be read, which is no yes. */
  enabled: 'yes' | 'no' | 'unclear';
  approvalRequired: boolean;
  /** One sentence a tag that cannot be read: names the tag, its value and what was expected. */
  faults: readonly string[];
}

/** Reads the tags `reboot-planner:…` of one instance. */
export function readWishes(tags: ReadonlyMap<string, string>): Wishes {
  const faults: string[] = [];
  const enabledText = tags.get(`${prefix}enabled`);
  const enabled = enabledText === undefined ? 'yes' : yesOrNo(enabledText);
  if (enabled === 'unclear') {
    faults.push(`Tag ${prefix}enabled is "${enabledText ?? ''}", expected true or false; treated as false.`);
  }
  const approvalText = tags.get(`${prefix}approval`);
  const approvalRequired = approvalText !== undefined;
  if (approvalRequired && approvalText.trim().toLowerCase() !== 'required') {
    faults.push(`Tag ${prefix}approval is "${approvalText}", expected required; treated as required.`);
  }
  return { enabled, approvalRequired, faults };
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
