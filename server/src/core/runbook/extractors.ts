import type { Extractor, RunbookSource } from './extractor';
import { asciidocExtractor } from './extract-asciidoc';
import { crontabExtractor } from './extract-crontab';
import { markdownExtractor } from './extract-markdown';
import { nixExtractor } from './extract-nix';
import { rstExtractor } from './extract-rst';
import { shellExtractor } from './extract-shell';
import { systemdExtractor } from './extract-systemd';
import { textExtractor } from './extract-text';
import { yamlExtractor } from './extract-yaml';

/** One a kind of document; the first that accepts it reads it. */
const EXTRACTORS: readonly Extractor[] = [
  systemdExtractor,
  crontabExtractor,
  nixExtractor,
  yamlExtractor,
  markdownExtractor,
  rstExtractor,
  asciidocExtractor,
  shellExtractor,
  textExtractor,
];

export const extractorFor = (source: RunbookSource): Extractor | undefined =>
  EXTRACTORS.find((extractor) => extractor.accepts(source));

export const isRunbook = (source: RunbookSource): boolean => extractorFor(source) !== undefined;
