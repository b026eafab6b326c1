// Tag.N of the calls that create something: the tags of the new thing, with the limits from the SDK's models.
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Params } from './params.ts';

const foreign = /https?:\/\//;

/** Up to 20 tags. 400 InvalidTagKey.Malformed, InvalidTagValue.Malformed, Duplicate.TagKey, 403 QuotaExceed.Tags. */
export function newTags(params: Params): Record<string, string> {
  const numbers = new Set<string>();
  for (const name of Object.keys(params)) {
    const n = /^Tag\.([1-9]\d*)\.(?:Key|Value)$/.exec(name)?.[1];
    if (n !== undefined) numbers.add(n);
  }
  if (numbers.size > 20) throw new EcsError(403, 'QuotaExceed.Tags', 'At most 20 tags are supported.');
  const tags = new Map<string, string>();
  for (const n of numbers) {
    const key = optional(params, `Tag.${n}.Key`) ?? '';
    const value = optional(params, `Tag.${n}.Value`) ?? '';
    if (!/^.{1,128}$/u.test(key) || /^(?:aliyun|acs:)/.test(key) || foreign.test(key)) {
      throw new EcsError(400, 'InvalidTagKey.Malformed', 'The specified Tag.n.Key is not valid.');
    }
    if (!/^.{0,128}$/u.test(value) || foreign.test(value)) {
      throw new EcsError(400, 'InvalidTagValue.Malformed', 'The specified Tag.n.Value is not valid.');
    }
    if (tags.has(key)) {
      throw new EcsError(400, 'Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
    }
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}
