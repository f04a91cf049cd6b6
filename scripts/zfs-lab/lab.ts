import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { chooseAccelerator } from './accelerator';
import { ensureImage } from './build-image';
import { privateRoot } from './cache';
import { resumeGuest, startGuest } from './guest';
import { forEachHost, HOSTS, type HostName } from './hosts';
import { readKeys } from './keys';
import type { Progress } from './phases';
import type { ZfsRelease } from './recipe';
import { writePolicyFile } from './policy-file';
import { endGuests, guardGuests, guestProcess } from './process';
import { ensureSavedGuests, keysDirectory, savedFile } from './saved-guests';
import { runSsh, writeSshFiles } from './ssh';

/** Two running guests, as `lab.json` in their run folder records them. */
export type Lab = z.infer<typeof LAB>;

const LAB = z.strictObject({
  directory: z.string(),
  since: z.string(),
  accelerator: z.enum(['kvm', 'tcg']),
  sshConfig: z.string(),
  policyFile: z.string(),
  ports: z.strictObject({ source: z.number(), target: z.number() }),
});

/** The run folder of `npm run zfs-lab`. */
export const defaultRunDirectory = (): string => join(privateRoot(), 'run');

/** Starts two fresh guests in a folder; ends what ran there, and builds and boots what is missing first. */
export async function startLab(runDirectory: string, progress: Progress, release: ZfsRelease = '2.3'): Promise<Lab> {
  const directory = resolve(runDirectory);
  await endGuests(directory);
  const image = await ensureImage(progress, release);
  const accelerator = await chooseAccelerator(image);
  const saved = await ensureSavedGuests(image, accelerator, progress);
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o700);
  const leave = guardGuests(directory);
  try {
    const ports = await forEachHost(async (host) => {
      const from = { saved: savedFile(saved, host) };
      const guest = await startGuest({ host, directory, image, accelerator, from });
      await resumeGuest(guest, from.saved);
      guest.monitor.close();
      return guest.port;
    });
    const sshConfig = writeSshFiles(directory, ports, await readKeys(keysDirectory(saved)));
    await forEachHost((host) => setClock(sshConfig, host));
    const policyFile = writePolicyFile(directory, ports.target);
    const lab: Lab = { directory, since: new Date().toISOString(), accelerator, sshConfig, policyFile, ports };
    writeFileSync(recordFile(directory), `${JSON.stringify(lab, undefined, 2)}\n`);
    return lab;
  } catch (error) {
    await endGuests(directory);
    throw error;
  } finally {
    leave();
  }
}

/** The lab of a run folder, when both of its guests run. */
export function findLab(runDirectory: string): Lab | undefined {
  const file = recordFile(runDirectory);
  if (!existsSync(file)) return undefined;
  const { data: lab } = LAB.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  const isUp = HOSTS.every((host) => guestProcess(resolve(runDirectory), host) !== undefined);
  return isUp ? lab : undefined;
}

/** Ends the guests of a run folder, also where only one is left, and removes the folder. */
export const stopLab = (runDirectory: string): Promise<void> => endGuests(resolve(runDirectory));

const recordFile = (directory: string): string => join(directory, 'lab.json');

/** A resumed guest has the clock of the moment when it was saved. */
async function setClock(sshConfig: string, host: HostName): Promise<void> {
  const { code, stderr } = await runSsh(sshConfig, host, `date -s @${Math.floor(Date.now() / 1000)} >/dev/null`);
  if (code !== 0) throw new Error(`the guest ${host} does not answer over ssh: ${stderr.trim()}`);
}
