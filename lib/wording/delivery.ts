// Why a notice was not taken, in both languages, and what to do. Rows and reports keep the problem as data.
import { deliveryProblemCodes, type DeliveryProblem, type DeliveryProblemCode } from '../plan/notice.ts';

type Sentences = Readonly<Record<DeliveryProblemCode, string>>;

const english: Sentences = {
  throttled: 'It takes no more messages for a while.',
  busy: 'It is busy or has a fault.',
  unreachable: 'It cannot be reached. Check that the function has access to the internet.',
  'no-answer': 'It gave no answer in time. The message may have arrived.',
  'unreadable-answer': 'Its answer says neither yes nor no. The message may have arrived.',
  redirected: 'Its URL leads to another one. Put the last URL into NOTIFY.',
  'signature-refused':
    'It refuses the signature. Compare the secret after # in NOTIFY with the secret of the robot.',
  'keyword-missing':
    'It takes only messages with a keyword. Add the keyword ecs-reboot-planner to the robot.',
  'ip-refused':
    'It takes no messages from this address. Turn its address list off, or give the function a fixed address.',
  'unknown-url': 'It does not know the URL. Copy the URL of the robot into NOTIFY again.',
  gone: 'It is gone for good. Take it out of NOTIFY, or put another one there.',
  refused: 'It refuses the message. Look at its settings.',
  'too-long': 'It finds the message too long. This is a fault of the planner: please report it.',
  malformed: 'It cannot read the message. This is a fault of the planner: please report it.',
  unsafe:
    'It finds a link or a word in the message unsafe. This is a fault of the planner: please report it.',
};

const chinese: Sentences = {
  throttled: '发送过于频繁，接收方暂时不再接收消息。',
  busy: '接收方繁忙或出现故障。',
  unreachable: '无法连接接收方。请检查函数是否可以访问公网。',
  'no-answer': '接收方未在规定时间内应答，消息可能已送达。',
  'unreadable-answer': '接收方的应答无法判断成功与否，消息可能已送达。',
  redirected: '该地址会跳转到其他地址。请将最终地址填入 NOTIFY。',
  'signature-refused': '签名校验未通过。请核对 NOTIFY 中 # 之后的密钥与机器人的加签密钥是否一致。',
  'keyword-missing': '机器人设置了自定义关键词。请为机器人添加关键词 ecs-reboot-planner。',
  'ip-refused': '机器人不接收来自该 IP 地址的消息。请关闭 IP 地址段限制，或为函数配置固定的公网 IP 地址。',
  'unknown-url': '接收方不识别该地址。请重新将机器人的 Webhook 地址填入 NOTIFY。',
  gone: '机器人或群已不存在。请从 NOTIFY 中移除该地址，或更换为其他地址。',
  refused: '接收方拒绝了消息。请检查其设置。',
  'too-long': '接收方认为消息过长。这是本程序的缺陷，请反馈。',
  malformed: '接收方无法解析消息。这是本程序的缺陷，请反馈。',
  unsafe: '接收方认为消息包含不安全的链接或内容。这是本程序的缺陷，请反馈。',
};

/** What is wrong, for a code as rows and reports keep it. A code that this version does not know stands for itself. */
export function deliveryWords(code: string, language: 'en' | 'zh'): string {
  const known = deliveryProblemCodes.find((one) => one === code);
  return known === undefined ? code : deliveryProblemText({ code: known }, language);
}

/** The problem as sentences, with the receiver's code. It holds no URL and no secret. */
export function deliveryProblemText({ code, answer }: DeliveryProblem, language: 'en' | 'zh'): string {
  const sentence = (language === 'zh' ? chinese : english)[code];
  if (answer === undefined) return sentence;
  return language === 'zh' ? `${sentence}（${answer}）` : `${sentence} (${answer})`;
}
