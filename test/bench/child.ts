// Measurements in separate processes, so that memory and compiled code of other work do not count.
import { execFile } from 'node:child_process';
import { localAccount } from '../cloud/local-cloud.ts';

/** One invocation of a bundle in a fresh process. */
export interface Invocation {
  /** The report that the handler returned, with the number of problems in place of their list. */
  report: Readonly<Record<string, number>>;
  /** Real time from the call of the handler to its end. */
  seconds: number;
  cpuSeconds: number;
  /** The highest resident memory of the process. */
  peakMb: number;
}

/** Loads only the bundle, and calls it as Function Compute does. */
const invokeScript = `
const [file, timeout, credentials] = JSON.parse(process.argv[1]);
const { handler } = require(file);
const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, log: quiet };
const context = { requestId: 'bench', region: 'cn-hangzhou', credentials, function: { name: 'bench', timeout }, logger };
const [begin, cpu] = [performance.now(), process.cpuUsage()];
handler(Buffer.from('{}'), context).then((text) => {
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const { problems = [], ...counts } = JSON.parse(text);
  const report = { ...counts, problems: problems.length };
  const cpuSeconds = (user + system) / 1e6;
  process.stdout.write(JSON.stringify({ report, seconds, cpuSeconds, peakMb }), () => process.exit(0));
});
`;

/** The timeout of the functions in s.yaml, in seconds. */
const timeout = 120;

/** Invokes the bundle's handler once. */
export async function invoke(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Invocation> {
  const { accessKeyId, accessKeySecret } = localAccount;
  const input = JSON.stringify([file, timeout, { accessKeyId, accessKeySecret }]);
  return JSON.parse(await runNode(invokeScript, input, environment)) as Invocation;
}

/** The cost of loading modules in a fresh process. */
export interface Load {
  ms: number;
  /** Resident memory once they are loaded. */
  residentMb: number;
}

const loadScript = `
const files = JSON.parse(process.argv[1]);
const begin = performance.now();
for (const file of files) require(file);
const ms = performance.now() - begin;
const residentMb = process.memoryUsage().rss / 1048576;
process.stdout.write(JSON.stringify({ ms, residentMb }), () => process.exit(0));
`;

/** Loads these files once, one after the other. */
export async function load(files: readonly string[]): Promise<Load> {
  return JSON.parse(await runNode(loadScript, JSON.stringify(files), {})) as Load;
}

/**
 * The heap limit that Node chooses by itself in a container of 256 MB, as in s.yaml: half of it. On a larger machine Node
 * would choose a higher limit and collect garbage later.
 */
const heapLimitMb = 128;

function runNode(
  script: string,
  input: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const options = { env: { PATH, HOME, ...environment }, maxBuffer: 1024 ** 3 };
  const args = [
    `--max-old-space-size=${heapLimitMb}`,
    // The scripts are CommonJS, whatever the package.json of the working directory says.
    '--input-type=commonjs',
    '-e',
    script,
    input,
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(error.message, { cause: error }));
    });
  });
}
