import type { Extractor, RunbookSource } from './extractor';
import { crontabExtractor } from './extract-crontab';
import { nixExtractor } from './extract-nix';
import { shellExtractor } from './extract-shell';
import { systemdExtractor } from './extract-systemd';
import { yamlExtractor } from './extract-yaml';

/** One a kind of document; the first that accepts it reads it. */
export const EXTRACTORS: readonly Extractor[] = [
  systemdExtractor,
  crontabExtractor,
  nixExtractor,
  yamlExtractor,
  shellExtractor,
];

export const extractorFor = (source: RunbookSource): Extractor | undefined =>
  EXTRACTORS.find((extractor) => extractor.accepts(source));

export const isRunbook = (source: RunbookSource): boolean => extractorFor(source) !== undefined;
