// The temporary folders of a test run lie in one folder, which goes with the run: those of the tests, and of every process that a
// test starts (browsers, packers, bundlers). The folder of a run that is killed stays, alone, and says by its name whose it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folder of a run is named. Short: sockets lie in it, and the path of a socket has some 100 characters at most. */
const folderPrefix = 'reboot-tests-';

/** Called by vitest once, before it starts its workers, which inherit the environment. Returns what vitest calls at the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), folderPrefix));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
