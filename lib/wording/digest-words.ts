// The words of digests, in both languages: titles, headings, and what is over.
import type { NewsKind } from '../plan/news-item.ts';
import type { StandingKind, StandingPlace } from '../plan/standing.ts';
import type { Language } from './languages.ts';

/** The heading of each kind of news. The entries below it say what to do. */
export const headings: Readonly<Record<Language, Readonly<Record<NewsKind, string>>>> = {
  en: {
    escalated: 'Escalated: you are needed',
    'not-undone': 'The service may be down: nothing undid the pre-command',
    missed: 'Missed: not restarted by the planner',
    approval: 'Waits for your approval',
    stopped: 'Stopped by a failed proof',
    'no-window': 'No window fits',
    'put-off': 'Held by a person',
    begun: 'Restart begun',
    undone: 'Pre-command undone',
    'up-again': 'Up again',
  },
  zh: {
    escalated: '需要人工处理（Escalated）',
    'not-undone': '服务可能中断：前置命令未撤销',
    missed: '错过（Missed）：未由本程序重启',
    approval: '等待您审批',
    stopped: '因重启未得到证实而停止',
    'no-window': '没有合适的维护窗口',
    'put-off': '已被运维人员暂停',
    begun: '已开始重启',
    undone: '前置命令已撤销',
    'up-again': '已恢复运行',
  },
};

/** The heading of each thing that stands in the way of the planner. */
export const standingHeadings: Readonly<Record<Language, Readonly<Record<StandingKind, string>>>> = {
  en: {
    'region-unread': 'These regions cannot be read: nothing is planned there',
    'function-silent': 'A function does not run',
    'emergency-stop': 'Everything is stopped, and plans that are due wait',
  },
  zh: {
    'region-unread': '以下地域无法读取，未制定任何计划',
    'function-silent': '函数未运行',
    'emergency-stop': '已紧急停止，到期的计划正在等待',
  },
};

/** The heading where the plan function could do nothing. */
export const nothingDone: Readonly<Record<Language, string>> = {
  en: 'The plan function could do nothing: no region can be read',
  zh: '计划函数未能执行任何操作：所有地域均无法读取',
};

/** The heading of what is over. */
export const overHeading: Readonly<Record<Language, string>> = { en: 'Over', zh: '已恢复' };

/** Says that it is over. */
export function overText(place: StandingPlace, language: Language): string {
  const isChinese = language === 'zh';
  switch (place.kind) {
    case 'region-unread':
      return isChinese ? `地域 ${place.regionId} 已可读取` : `Region ${place.regionId} can be read again`;
    case 'function-silent': {
      const { functionName, regionId } = place;
      return isChinese
        ? `${functionName} 函数已在 ${regionId} 恢复运行`
        : `The ${functionName} function runs again in ${regionId}`;
    }
    case 'emergency-stop': {
      const { regionId } = place;
      if (isChinese) return regionId === undefined ? '紧急停止已解除' : `地域 ${regionId} 的紧急停止已解除`;
      return regionId === undefined ? 'The stop is taken away' : `The stop of ${regionId} is taken away`;
    }
  }
}

/** How many things a digest tells. */
export interface Counts {
  standing: Readonly<Record<StandingKind, number>>;
  /** Instances. */
  forPersons: number;
  /** Instances. */
  up: number;
  others: number;
}

/** The title: what is most urgent comes first. */
export function titleText(counts: Counts, language: Language): string {
  return language === 'zh' ? zhTitle(counts) : enTitle(counts);
}

function enTitle({ standing, forPersons, up, others }: Counts): string {
  const regions = standing['region-unread'];
  const parts = [
    ...(regions > 0 ? [`${regions} ${regions === 1 ? 'region' : 'regions'} cannot be read`] : []),
    ...(standing['function-silent'] > 0 ? ['a function does not run'] : []),
    ...(standing['emergency-stop'] > 0 ? ['stopped by a person'] : []),
    ...(forPersons > 0 ? [`${forPersons} ${forPersons === 1 ? 'needs' : 'need'} a person`] : []),
    ...(up > 0 ? [`${up} up again`] : []),
    ...(others > 0 ? [`${others} other ${others === 1 ? 'change' : 'changes'}`] : []),
  ];
  return `Scheduled reboots: ${parts.join(', ')}`;
}

function zhTitle({ standing, forPersons, up, others }: Counts): string {
  const parts = [
    ...(standing['region-unread'] > 0 ? [`${standing['region-unread']} 个地域无法读取`] : []),
    ...(standing['function-silent'] > 0 ? ['函数未运行'] : []),
    ...(standing['emergency-stop'] > 0 ? ['已紧急停止'] : []),
    ...(forPersons > 0 ? [`${forPersons} 项需要人工处理`] : []),
    ...(up > 0 ? [`${up} 台实例已恢复运行`] : []),
    ...(others > 0 ? [`${others} 项其他变化`] : []),
  ];
  return `计划内重启：${parts.join('，')}`;
}
