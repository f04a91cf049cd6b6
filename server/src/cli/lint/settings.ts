import path from 'node:path';
import type { Config } from '../../core/config/parse-config';
import type { LintContext, Profile } from '../../core/lint/document';
import type { Severity } from '../../core/lint/finding';
import { parsePolicy } from '../../core/policy/parse-policy';
import type { PolicyFile } from '../../core/policy/policy';
import { ownParts } from '../../core/policy/policy-parts';
import type { Inventory } from '../../core/zfs/inventory';
import { remember, type UpwardSearch } from '../repository';
import type { ReadPolicy } from '../read-included';
import type { ConfigFiles } from './config-files';
import { hasPolicyName } from './included-files';

/** What the command line says. It wins over every configuration. */
export interface LintFlags {
  readonly profile?: Profile;
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly inventories: readonly Inventory[];
  /** Absolute. */
  readonly baseline?: string;
}

/** By what one file is linted. */
export interface Settings {
  readonly context: LintContext;
  /** Absolute. */
  readonly baseline?: string;
}

interface Sources {
  readonly search: UpwardSearch;
  readonly configs: ConfigFiles;
  /** The files that are linted together, absolute. */
  readonly files: readonly string[];
  readonly readPolicy: ReadPolicy;
  /** Whether a file is a policy file of any name, because another includes it. */
  readonly isIncluded: (file: string) => boolean;
}

/**
 * Finds the settings of a file, by its absolute path. The policies are those of the nearest `rawsend.yaml` and those
 * that are linted together with it, except the file itself. A policy file with errors contributes nothing.
 */
export function createSettings(flags: LintFlags, sources: Sources): (file: string) => Promise<Settings> {
  const { search, configs } = sources;
  const together = sources.files.filter(hasPolicyName);
  const parse = remember((file) => parsePolicyFile(file, sources.readPolicy));
  const policiesFor = remember(async (nearest: string): Promise<readonly NamedPolicy[]> => {
    const files = new Set(nearest === '' ? together : [nearest, ...together]);
    return (await Promise.all([...files].map(parse))).filter((policy) => policy !== undefined);
  });
  // The files of a folder share one context, which may be large.
  const forFolder = remember(async (folder: string) => {
    const config = await configs.inForce(folder);
    const policies = await policiesFor(search.nearestPolicy(folder) ?? '');
    return { config, policies, context: toContext(flags, config?.config ?? {}, policiesBeside(undefined, policies)) };
  });
  return async (file) => {
    const { config, policies, context } = await forFolder(path.dirname(file));
    const configured = config?.config.baseline;
    const baseline =
      flags.baseline ?? (configured === undefined ? undefined : path.resolve(config?.folder ?? '', configured));
    const own = hasPolicyName(file) || sources.isIncluded(file) ? await parse(file) : undefined;
    return {
      context: own === undefined ? context : { ...context, policies: policiesBeside(own, policies) },
      ...(baseline !== undefined && { baseline }),
    };
  };
}

function toContext(flags: LintFlags, config: Config, policies: readonly PolicyFile[]): LintContext {
  const { rules, assumeEncrypted, zfsVersion, noSuppress } = config;
  return {
    profile: flags.profile ?? config.profile ?? 'recommended',
    severities: { ...rules, ...flags.severities },
    inventories: flags.inventories,
    policies,
    ...(assumeEncrypted !== undefined && { assumeEncrypted }),
    ...(zfsVersion !== undefined && { zfsVersion }),
    ...(noSuppress !== undefined && { noSuppress }),
  };
}

interface NamedPolicy {
  readonly file: string;
  /** Without mistakes: what each file that it is made of says itself, by its path. */
  readonly parts: ReadonlyMap<string, PolicyFile>;
}

/** What a file is made of is no other file, and what several include counts once. */
function policiesBeside(own: NamedPolicy | undefined, policies: readonly NamedPolicy[]): readonly PolicyFile[] {
  const parts = new Map(policies.flatMap((policy) => [...policy.parts]));
  return [...parts].flatMap(([path, part]) => (own?.parts.has(path) ? [] : part));
}

async function parsePolicyFile(file: string, readPolicy: ReadPolicy): Promise<NamedPolicy | undefined> {
  const whole = await readPolicy(file);
  const parsed = whole && parsePolicy(whole.text, whole.included);
  return parsed?.file && { file, parts: ownParts(parsed) };
}
